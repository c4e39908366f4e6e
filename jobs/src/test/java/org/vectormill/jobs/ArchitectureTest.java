package org.vectormill.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

@AnalyzeClasses(packages = "org.vectormill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule schemasKnowNoJobAndNoModel =
      noClasses()
          .that()
          .resideInAPackage("org.vectormill.schemas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.vectormill.udfs..", "org.vectormill.jobs..", "ai.djl..");

  @ArchTest
  static final ArchRule udfsKnowNoJob =
      noClasses()
          .that()
          .resideInAPackage("org.vectormill.udfs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.vectormill.jobs..");

  @ArchTest
  static final ArchRule runnerKnowsNoSingleJob =
      noClasses()
          .that()
          .resideInAPackage("org.vectormill.jobs.runner")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.vectormill..")
                  .and(
                      resideOutsideOfPackages(
                          "org.vectormill.jobs.runner", "org.vectormill.schemas..")));

  @ArchTest
  static final ArchRule deepPackagesHaveNoCycles =
      SlicesRuleDefinition.slices()
          .matching("org.vectormill.udfs.deep.(*)..")
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule jobPackagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("org.vectormill.jobs.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule imageAndTextKernelsKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage("org.vectormill.udfs.image..", "org.vectormill.udfs.text..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.vectormill.jobs.Main")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule onlyAStageBoundaryHaltsTheProcess =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.vectormill.schemas.StageBoundary")
          .should()
          .callMethod(Runtime.class, "halt", int.class);

  /** Networks depend on none of the methods that train them. */
  @ArchTest
  static final ArchRule networksKnowNoTraining =
      noClasses()
          .that()
          .resideInAPackage("..udfs.deep.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..udfs.deep.training..",
              "..udfs.deep.dec..",
              "..udfs.deep.depict..",
              "..udfs.deep.icon..",
              "..udfs.deep.nat..",
              "..udfs.deep.lls..");

  /** See {@code Constant} of the networks: the backward pass reads memory that is gone. */
  @ArchTest
  static final ArchRule lossesKeepTheirNumbers =
      noClasses()
          .that()
          .resideInAPackage("..udfs.deep..")
          .should()
          .callMethodWhere(
              describe(
                  "an operation of NDArray with a number whose gradient needs the number",
                  call ->
                      call.getTargetOwner().isAssignableTo("ai.djl.ndarray.NDArray")
                          && Set.of(
                                  "mul", "muli", "div", "divi", "pow", "powi", "maximum", "minimum",
                                  "clip")
                              .contains(call.getName())
                          && call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(type -> type.isAssignableTo(Number.class))));
}
