package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.PreprocessorSpec.CropRounding;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

final class PreprocessorFileTest {
  @Test
  void startsFromAPreset() {
    PreprocessorSpec spec =
        PreprocessorFile.read("{\"preset\": \"imagenet\", \"interpolation\": \"bicubic\"}");
    assertEquals(256, spec.resizeShortest());
    assertEquals(Interpolation.BICUBIC, spec.interpolation());
    assertEquals(List.of(0.485, 0.456, 0.406), spec.mean());
  }

  @Test
  void readsEveryKeyOfItsOwn() {
    PreprocessorSpec spec =
        PreprocessorFile.read(
            """
            {"resize_shortest": 0, "resize_width": 128, "resize_height": 256,
             "interpolation": "lanczos", "crop_width": 100, "crop_height": 200,
             "crop_rounding": "down", "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1],
             "channel_order": "BGR", "layout": "NHWC", "dtype": "uint8"}""");
    assertEquals(
        new PreprocessorSpec(
            0,
            128,
            256,
            Interpolation.LANCZOS,
            100,
            200,
            CropRounding.DOWN,
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0),
            "BGR",
            "NHWC",
            "uint8"),
        spec);
  }

  @Test
  void takesTheDefaultsOfAHuggingFaceClass() {
    PreprocessorSpec spec =
        PreprocessorFile.read(
            "{\"feature_extractor_type\": \"CLIPFeatureExtractor\", \"size\": 336, \"crop_size\": 336}");
    assertEquals(336, spec.resizeShortest());
    assertEquals(336, spec.cropWidth());
    assertEquals(Interpolation.BICUBIC, spec.interpolation());
    assertEquals(
        new PreprocessorSpec(
            0,
            384,
            384,
            Interpolation.BILINEAR,
            0,
            0,
            CropRounding.DOWN,
            0.00392156862745098,
            List.of(0.5, 0.5, 0.5),
            List.of(0.5, 0.5, 0.5),
            "RGB",
            "NCHW",
            "float32"),
        PreprocessorFile.read(
            "{\"image_processor_type\": \"ViTImageProcessorFast\", \"size\": 384}"));
  }

  @Test
  void flipsChannels() {
    PreprocessorSpec spec =
        PreprocessorFile.read(
            "{\"image_processor_type\": \"ViTImageProcessor\", \"do_flip_channel_order\": true}");
    assertEquals("BGR", spec.channelOrder());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = (char) 1,
      delimiter = '|',
      value = {
        "{'resize_shorter': 3} | resize_shorter",
        "{'preset': 'imagnet'} | imagnet",
        "{'interpolation': 'box'} | box",
        "{'mean': [1, 2]} | mean",
        "{'mean': [1, 2, 'x']} | mean",
        "{'layout': 'CHW'} | CHW",
        "{'resize_shortest': -1} | resize_shortest",
        "{'resize_shortest': 1.5} | resize_shortest",
        "{'resize_width': 5} | resize_height",
        "{'std': [1, 0, 1]} | std",
        "{'dtype': 'uint8'} | float32",
        "{'image_processor_type': 'FooImageProcessor'} | Foo",
        "{'image_processor_type': 'ViTImageProcessor', 'do_pad': true} | do_pad",
        "{'image_processor_type': 'ViTImageProcessor', 'crop_pct': 0.9} | crop_pct",
        "{'image_processor_type': 'ViTImageProcessor', 'resample': 5} | resample",
        "{'image_processor_type': 'ViTImageProcessor', 'size': {'longest_edge': 5}} | size",
        "{'image_processor_type': 'ViTImageProcessor', 'do_sharpen': true} | do_sharpen",
        "{'do_resize': true} | size",
        "{'do_resize': false, 'do_center_crop': true} | crop_size",
        "[] | object",
        "{ | JSON"
      })
  void namesWhatItDoesNotKnow(String json, String named) {
    VectormillException e =
        assertThrows(
            VectormillException.class, () -> PreprocessorFile.read(json.replace('\'', '"')));
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }
}
