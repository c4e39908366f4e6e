package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.training.Groups;

final class ConvAutoencoderTest {
  @ParameterizedTest
  @CsvSource({"1,28,28,2", "3,32,32,2", "1,9,13,2", "2,7,8,1", "1,28,28,3"})
  void theDecoderUndoesTheSizesOfTheEncoder(int channels, int height, int width, int layers) {
    ImageShape image = new ImageShape(channels, height, width);
    List<Integer> filters = List.of(6, 5, 4).subList(0, layers);
    ConvAutoencoder weights = ConvAutoencoder.initial(image, filters, 3, 1);
    try (TrainedConv network = new TrainedConv(weights, Groups.CPU);
        NDManager manager = network.manager().newSubManager()) {
      NDArray x = manager.create(new float[2 * image.size()], new Shape(2, image.size()));
      List<NDArray> encoded = network.encode(x, null);
      List<NDArray> decoded = network.decode(encoded.get(layers + 1));
      assertEquals(layers + 1, decoded.size());
      for (int i = 0; i <= layers; i++) {
        assertEquals(encoded.get(i).getShape(), decoded.get(i).getShape(), "layer " + i);
      }
    }
  }

  @Test
  void refusesMoreConvolutionsThanTheImageHasRoomFor() {
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> ConvAutoencoder.initial(new ImageShape(1, 3, 3), List.of(4, 4), 2, 1));
    assertTrue(failure.getMessage().contains("--filters"), failure.getMessage());
  }
}
