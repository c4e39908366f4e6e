"""Draws small images in every format that is read and writes what Pillow, torchvision and Hugging
Face's processors make of them: src/test/resources/images/. Needs pillow, numpy, torchvision,
transformers. Run in the module's folder: python src/test/python/make_image_goldens.py"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
import torchvision.transforms as T
from PIL import Image, ImageOps

OUT = pathlib.Path("src/test/resources/images")
WIDTH, HEIGHT = 26, 18


def drawing(width=WIDTH, height=HEIGHT):
    """A gradient with a disc and a bar: no symmetry, all colours."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    a = np.stack([255 * x / (width - 1), 255 * y / (height - 1), 255 - 120 * (x + y) / (width + height)], -1)
    a[(x - width / 3) ** 2 + (y - height / 3) ** 2 < (height / 5) ** 2] = [240, 20, 60]
    a[(y > height * 0.7) & (x > width * 0.6)] = [10, 200, 30]
    return a.astype(np.uint8)


RGB = Image.fromarray(drawing())
GREY = RGB.convert("L")
ALPHA = Image.fromarray((drawing()[:, :, 0] > 90).astype(np.uint8) * 200)
rows = []


def keep(name, data, tolerance=0, expected=None):
    (OUT / name).write_bytes(data)
    if expected is None:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
        expected = np.asarray(image)
    height, width = expected.shape[:2]
    text = base64.b64encode(np.ascontiguousarray(expected, dtype=np.uint8).tobytes()).decode()
    rows.append(f"{name}\t{tolerance}\t{width}\t{height}\t{text}")


def encoded(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples, depth, colour, interlaced=False):
    """A PNG of height x width x channels samples, with the filters 0..4 in turn."""
    height, width, channels = samples.shape
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    step = max(1, channels * depth // 8)
    for x0, y0, dx, dy in passes:
        part = samples[y0::dy, x0::dx]
        if part.size == 0:
            continue
        above = None
        for i, row in enumerate(part):
            bits = "".join(format(int(v), f"0{depth}b") for v in row.reshape(-1))
            line = np.frombuffer(int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big"), np.uint8).astype(int)
            above = np.zeros_like(line) if above is None else above
            left = np.concatenate([np.zeros(step, int), line])[: len(line)]
            corner = np.concatenate([np.zeros(step, int), above])[: len(line)]
            kind = i % 5
            p = left + above - corner
            pa, pb, pc = abs(p - left), abs(p - above), abs(p - corner)
            paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, above, corner))
            guess = [0, left, above, (left + above) // 2, paeth][kind]
            raw += bytes([kind]) + ((line - guess) % 256).astype(np.uint8).tobytes()
            above = line
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    packed = zlib.compress(raw)
    half = len(packed) // 2
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b"")
    )


def jpegs():
    keep("baseline-420.jpg", encoded(RGB, "JPEG", subsampling="4:2:0"))
    keep("baseline-422.jpg", encoded(RGB, "JPEG", subsampling="4:2:2"))
    keep("baseline-444.jpg", encoded(RGB, "JPEG", subsampling="4:4:4"))
    keep("progressive.jpg", encoded(RGB, "JPEG", progressive=True))
    keep("restart.jpg", encoded(RGB, "JPEG", restart_marker_blocks=1))
    keep("grey.jpg", encoded(GREY, "JPEG"))
    keep("rgb-components.jpg", encoded(RGB, "JPEG", keep_rgb=True))
    cmyk = encoded(RGB.convert("CMYK"), "JPEG", quality=90)
    keep("cmyk.jpg", cmyk)
    # The same samples called YCCK by the Adobe segment: colours are wrong, the path is right.
    at = cmyk.index(b"Adobe") + 11
    keep("ycck.jpg", cmyk[:at] + b"\x02" + cmyk[at + 1 :])
    for orientation in range(1, 9):
        keep(f"exif-{orientation}.jpg", encoded(RGB, "JPEG", exif=exif(orientation)))


def pngs():
    a = drawing()
    keep("rgb.png", encoded(RGB, "PNG"))
    keep("filters.png", png(a, 8, 2))
    keep("interlaced.png", png(a, 8, 2, True))
    keep("interlaced-tiny.png", png(a[:3, :2], 8, 2, True))
    keep("rgba.png", encoded(Image.merge("RGBA", (*RGB.split(), ALPHA)), "PNG"))
    keep("grey.png", encoded(GREY, "PNG"))
    keep("grey-alpha.png", encoded(Image.merge("LA", (GREY, ALPHA)), "PNG"))
    grey = np.asarray(GREY)[:, :, None]
    for depth in (1, 2, 4):
        keep(f"grey-{depth}.png", png(grey >> (8 - depth), depth, 0))
        keep(f"grey-{depth}-interlaced.png", png(grey >> (8 - depth), depth, 0, True))
    wide = a.astype(int) * 256 + 77
    keep("rgb-16.png", png(wide, 16, 2))
    # Pillow clips 16-bit grey at 255; the high byte is what is wanted.
    keep("grey-16.png", png(wide[:, :, :1], 16, 0), expected=np.repeat(a[:, :, :1], 3, 2))
    keep("palette.png", encoded(RGB.quantize(16), "PNG"))
    keep("palette-256.png", encoded(RGB.quantize(256), "PNG"))
    keep("palette-transparent.png", encoded(RGB.quantize(8), "PNG", transparency=3))
    keep("rgb-transparent.png", encoded(RGB, "PNG", transparency=tuple(int(v) for v in a[0, 0])))
    keep("exif-6.png", encoded(RGB, "PNG", exif=exif(6)))


def others():
    keep("plain.gif", encoded(RGB.quantize(32), "GIF"))
    keep("grey.gif", encoded(GREY, "GIF"))
    keep("transparent.gif", encoded(RGB.quantize(32), "GIF", transparency=5))
    frames = [RGB.rotate(90 * i).quantize(32) for i in (1, 2)]
    keep("animated.gif", encoded(RGB.quantize(32), "GIF", save_all=True, append_images=frames))
    small = encoded(RGB.quantize(32), "GIF", interlace=1)
    keep("interlaced.gif", small)
    # A logical screen larger than its only frame.
    keep("offset.gif", small[:6] + struct.pack("<HH", WIDTH + 5, HEIGHT + 3) + small[10:])
    keep("rgb.bmp", encoded(RGB, "BMP"))
    keep("palette.bmp", encoded(RGB.quantize(64), "BMP"))
    keep("grey.bmp", encoded(GREY, "BMP"))
    keep("bits.bmp", encoded(GREY.convert("1"), "BMP"))
    keep("rgba.bmp", encoded(Image.merge("RGBA", (*RGB.split(), ALPHA)), "BMP"))
    keep("raw.tif", encoded(RGB, "TIFF"))
    keep("lzw.tif", encoded(RGB, "TIFF", compression="tiff_lzw"))
    keep("deflate.tif", encoded(RGB, "TIFF", compression="tiff_adobe_deflate"))
    keep("packbits.tif", encoded(RGB, "TIFF", compression="packbits"))
    keep("jpeg.tif", encoded(RGB, "TIFF", compression="jpeg"))
    keep("grey.tif", encoded(GREY, "TIFF"))
    keep("bits.tif", encoded(GREY.convert("1"), "TIFF", compression="group4"))
    keep("palette.tif", encoded(RGB.quantize(64), "TIFF"))
    keep("rgba.tif", encoded(Image.merge("RGBA", (*RGB.split(), ALPHA)), "TIFF"))
    keep("cmyk.tif", encoded(RGB.convert("CMYK"), "TIFF"))
    keep("orientation-6.tif", encoded(RGB, "TIFF", exif=exif(6)))
    wide = np.asarray(GREY).astype(np.uint16) * 256 + 77
    keep("grey-16.tif", encoded(Image.fromarray(wide), "TIFF"), expected=np.repeat(np.asarray(GREY)[:, :, None], 3, 2))
    keep("lossless.webp", encoded(RGB, "WEBP", lossless=True))
    keep("lossless-alpha.webp", encoded(Image.merge("RGBA", (*RGB.split(), ALPHA)), "WEBP", lossless=True, exact=True))
    keep("lossless-exif-8.webp", encoded(RGB, "WEBP", lossless=True, exif=exif(8)))
    keep("lossless-animated.webp", encoded(RGB, "WEBP", lossless=True, save_all=True, append_images=[RGB.rotate(90)]))
    # Chroma is brought to full size in another way than libwebp does it.
    keep("lossy.webp", encoded(RGB, "WEBP", quality=90), 160)


def resized():
    lines = []
    big = drawing(61, 47)
    (OUT / "resize.png").write_bytes(encoded(Image.fromarray(big), "PNG"))
    modes = {
        "nearest": T.InterpolationMode.NEAREST,
        "bilinear": T.InterpolationMode.BILINEAR,
        "bicubic": T.InterpolationMode.BICUBIC,
        "lanczos": T.InterpolationMode.LANCZOS,
    }
    for name, mode in modes.items():
        for shortest, crop in ((20, 15), (23, 16), (90, 71), (47, 40)):
            image = T.CenterCrop(crop)(T.Resize(shortest, mode)(Image.fromarray(big)))
            spec = dict(resize_shortest=shortest, interpolation=name, crop_width=crop, crop_height=crop)
            lines.append((spec, image))
        for size in ((13, 19), (80, 30), (61, 20), (24, 47)):
            image = Image.fromarray(big).resize(size, getattr(Image.Resampling, name.upper()))
            lines.append((dict(resize_width=size[0], resize_height=size[1], interpolation=name), image))
    lines.append((dict(crop_width=70, crop_height=30), T.CenterCrop((30, 70))(Image.fromarray(big))))
    text = [json.dumps(s) + "\t" + base64.b64encode(np.asarray(i).tobytes()).decode() for s, i in lines]
    (OUT / "resized.tsv").write_text("\n".join(text) + "\n")


def processed():
    import transformers as t

    image = Image.fromarray(drawing(61, 47))
    processors = [
        t.CLIPImageProcessor(size={"shortest_edge": 20}, crop_size=15),
        t.CLIPImageProcessor(size={"shortest_edge": 10}, crop_size={"height": 15, "width": 12}),
        t.ViTImageProcessor(size={"height": 14, "width": 12}, resample=1),
        t.ViTImageProcessor(do_resize=False, do_normalize=False),
        t.BitImageProcessor(size={"shortest_edge": 21}, crop_size=16, do_normalize=False),
        t.ConvNextImageProcessor(size={"shortest_edge": 16}),
        t.ConvNextImageProcessor(size={"shortest_edge": 384}, do_rescale=False, do_normalize=False),
        t.DeiTImageProcessor(size={"height": 18, "width": 20}, crop_size=13),
        t.SiglipImageProcessor(size={"height": 11, "width": 17}),
        t.MobileNetV2ImageProcessor(size={"shortest_edge": 19}, crop_size=14),
    ]
    lines = []
    for p in processors:
        values = p(image, return_tensors="np")["pixel_values"][0].astype("<f4")
        flat = values if values.size < 5000 else values[:, ::37, ::37]
        lines.append(json.dumps(json.loads(p.to_json_string())) + "\t" + base64.b64encode(flat.tobytes()).decode())
    (OUT / "processed.tsv").write_text("\n".join(lines) + "\n")


OUT.mkdir(parents=True, exist_ok=True)
jpegs()
pngs()
others()
(OUT / "decoded.tsv").write_text("\n".join(rows) + "\n")
resized()
processed()
