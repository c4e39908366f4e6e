package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.VectormillException;

class UriSecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://key:hush@bucket/a",
        "s3a://key:hu/sh@bucket/a",
        "s3a://key:hu#sh@bucket/a",
        "s3a://key:hu sh@bucket/a",
        "s3a://key:hu\nsh@bucket/a",
        "s3a://key:1234567@bucket/a",
        "a,s3a://:hush@bucket"
      })
  void refusesAPassword(String value) {
    assertThrows(
        VectormillException.class, () -> UriSecrets.refusePassword("--input", value), value);
    assertFalse(UriSecrets.redact("there is nothing at " + value).contains("hush"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abfs://container@account/a:b@c",
        "hdfs://nn:8020/data@today",
        "hdfs://nn:8020,nn:9000/data@today",
        "hdfs://[::1]:8020/data@today",
        "https://host/a:b@c",
        "file:///a:b@c",
        "hf:name/model@main",
        "a:b@c"
      })
  void leavesOtherAddressesAlone(String value) {
    assertDoesNotThrow(() -> UriSecrets.refusePassword("--input", value));
    assertEquals("nothing at '" + value + "'", UriSecrets.redact("nothing at '" + value + "'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no 's3a://key:hush@bucket/a'; | no 's3a://***@bucket/a';",
        "s3a://a:b@c and hdfs://d:e@f | s3a://***@f",
        "GET https://h/a?sig=hush failed | GET https://h/a failed"
      })
  void leavesTheRestOfASentence(String sentence, String shown) {
    assertEquals(shown, UriSecrets.redact(sentence));
  }

  @Test
  void showsNoneInATraceEither() {
    StringWriter err = new StringWriter();
    Throwable thrown = new IllegalStateException("no s3a://key:hush@bucket/a");
    FailureReport.print(new PrintWriter(err, true), "fake", Failure.of(thrown), thrown);
    assertFalse(err.toString().contains("hush"), err.toString());
  }
}
