package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages small images at random: whatever comes, the only failure is a reject, nothing hangs, and
 * no claim of a header makes anything large. The test's heap is far below what the headers can
 * claim.
 */
final class HostileImagesTest {
  private static final int ROUNDS = 300;
  private static final long MAX_PIXELS = 1_000_000;

  static java.util.List<String> everyDamageIsARejectOrAnImage() {
    return Goldens.images();
  }

  @ParameterizedTest
  @MethodSource
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyDamageIsARejectOrAnImage(String name) {
    byte[] whole = Goldens.bytes(name);
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(whole, random);
      try {
        RgbImage image = Images.decode(damaged, MAX_PIXELS);
        assertTrue((long) image.width() * image.height() <= MAX_PIXELS, name);
      } catch (ImageRejectedException e) {
        assertTrue(!e.getMessage().isBlank());
      }
    }
  }

  /** One to four bytes set, mostly near the front, where headers are; sometimes a cut. */
  private static byte[] damage(byte[] whole, SplittableRandom random) {
    int length = random.nextInt(8) == 0 ? 1 + random.nextInt(whole.length) : whole.length;
    byte[] damaged = Arrays.copyOf(whole, length);
    int[] values = {0, 1, 0x7f, 0x80, 0xff, random.nextInt(256)};
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int range = random.nextBoolean() ? Math.min(200, length) : length;
      damaged[random.nextInt(range)] = (byte) values[random.nextInt(values.length)];
    }
    return damaged;
  }
}
