package dev.workbuddy.backup.web;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Makes pictures of a page small: it has few colours, and many shades at the edges of letters. */
final class Pictures {
  private static final int COLOURS = 256;
  private static final int COARSE = 0xf0f0f0;

  private Pictures() {}

  /** The same PNG in 256 colours: the commonest as they are, others as the nearest of those. */
  static byte[] small(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    int[] palette = palette(pixels);
    BufferedImage indexed =
        new BufferedImage(
            width,
            picture.getHeight(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int place = nearest.computeIfAbsent(pixels[i], colour -> nearest(palette, colour));
      indexed.getRaster().setSample(i % width, i / width, 0, place);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(indexed, "png", out);
    return out.toByteArray();
  }

  /** Of colours that are nearly the same only the commonest is taken. */
  private static int[] palette(int[] pixels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    Map<Integer, Integer> commonest = new HashMap<>();
    counts.forEach(
        (colour, count) ->
            commonest.merge(
                colour & COARSE,
                colour,
                (one, other) ->
                    counts.getOrDefault(one, 0) >= counts.getOrDefault(other, 0) ? one : other));
    List<Integer> chosen = new ArrayList<>(commonest.values());
    chosen.sort(Comparator.comparingInt(colour -> -counts.getOrDefault(colour, 0)));
    return chosen.stream().limit(COLOURS).mapToInt(Integer::intValue).toArray();
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], colour) < distance(palette[best], colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int difference = (one >> shift & 0xff) - (other >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }
}
