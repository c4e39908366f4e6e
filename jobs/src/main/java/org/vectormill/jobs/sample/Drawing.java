package org.vectormill.jobs.sample;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Random;

/** Kinds of picture that the sample draws, none of them antialiased: the same on every platform. */
enum Drawing {
  /** A few filled rectangles, ellipses and triangles on a plain ground. */
  SHAPE {
    @Override
    void paint(Graphics2D g, int width, int height, Random random) {
      g.setColor(colour(random));
      g.fillRect(0, 0, width, height);
      for (int i = 2 + random.nextInt(4); i > 0; i--) {
        double size = Math.min(width, height) * (0.2 + 0.4 * random.nextDouble());
        double x = random.nextDouble() * (width - size);
        double y = random.nextDouble() * (height - size);
        g.setColor(colour(random));
        g.fill(shape(random.nextInt(3), x, y, size));
      }
    }
  },
  /** A linear gradient between two colours in any direction. */
  GRADIENT {
    @Override
    void paint(Graphics2D g, int width, int height, Random random) {
      double angle = random.nextDouble() * 2 * Math.PI;
      float dx = (float) (Math.cos(angle) * width / 2);
      float dy = (float) (Math.sin(angle) * height / 2);
      float x = width / 2f;
      float y = height / 2f;
      g.setPaint(new GradientPaint(x - dx, y - dy, colour(random), x + dx, y + dy, colour(random)));
      g.fillRect(0, 0, width, height);
    }
  },
  /** Stripes or checks with noise over them. */
  TEXTURE {
    @Override
    void paint(Graphics2D g, int width, int height, Random random) {
      Color[] colours = {colour(random), colour(random)};
      int cell = 4 + random.nextInt(20);
      boolean checks = random.nextBoolean();
      for (int y = 0; y < height; y += 2) {
        for (int x = 0; x < width; x += 2) {
          Color colour = colours[((checks ? y / cell : 0) + x / cell) % 2];
          g.setColor(random.nextInt(8) == 0 ? colour.darker() : colour);
          g.fillRect(x, y, 2, 2);
        }
      }
    }
  };

  abstract void paint(Graphics2D g, int width, int height, Random random);

  /** A new picture of this kind, 96 to 319 pixels a side. */
  BufferedImage draw(Random random) {
    int width = 96 + random.nextInt(224);
    int height = 96 + random.nextInt(224);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      paint(g, width, height, random);
    } finally {
      g.dispose();
    }
    return image;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private static Shape shape(int kind, double x, double y, double size) {
    if (kind == 0) {
      return new Rectangle2D.Double(x, y, size, size * 0.7);
    }
    if (kind == 1) {
      return new Ellipse2D.Double(x, y, size, size);
    }
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(x + size / 2, y);
    triangle.lineTo(x + size, y + size);
    triangle.lineTo(x, y + size);
    triangle.closePath();
    return triangle;
  }
}
