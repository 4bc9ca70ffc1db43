package dev.workbuddy.backup.snapshot.archive;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The system's libdeflate (https://github.com/ebiggers/libdeflate), where it is installed: the same
 * format as zlib's at two to three times the speed. Its functions are those of libdeflate.h.
 */
final class Libdeflate implements Deflate {
  /** As small as zlib's level 6. */
  private static final int USUAL = 6;

  private static final int HASTE = 1;

  /** The major version 0 of its interface, under its name on Linux, macOS and Windows. */
  private static final List<String> NAMES =
      List.of("libdeflate.so.0", "libdeflate.0.dylib", "libdeflate.dll");

  private static final int SUCCESS = 0;
  private static final int BAD_DATA = 1;

  private final MethodHandle allocCompressor;
  private final MethodHandle compress;
  private final MethodHandle freeCompressor;
  private final MethodHandle allocDecompressor;
  private final MethodHandle decompress;
  private final MethodHandle freeDecompressor;
  private final int level;

  private Libdeflate(SymbolLookup library, CompressionLevel effort) {
    level = effort == CompressionLevel.HASTE ? HASTE : USUAL;
    allocCompressor =
        bind(library, "libdeflate_alloc_compressor", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    compress =
        bind(
            library,
            "libdeflate_deflate_compress",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG));
    freeCompressor =
        bind(library, "libdeflate_free_compressor", FunctionDescriptor.ofVoid(ADDRESS));
    allocDecompressor =
        bind(library, "libdeflate_alloc_decompressor", FunctionDescriptor.of(ADDRESS));
    decompress =
        bind(
            library,
            "libdeflate_deflate_decompress_ex",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    freeDecompressor =
        bind(library, "libdeflate_free_decompressor", FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle bind(
      SymbolLookup library, String name, FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), signature);
  }

  /** The library, or empty where it is not installed or lacks what is needed. */
  static Optional<Libdeflate> find(CompressionLevel effort) {
    for (String name : NAMES) {
      try {
        SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
        return Optional.of(new Libdeflate(library, effort));
      } catch (IllegalArgumentException | NoSuchElementException notHere) {
        // Then under another name, or not at all.
      }
    }
    return Optional.empty();
  }

  @Override
  public int deflate(byte[] from, int length, byte[] to, int offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment plain = arena.allocate(length);
      MemorySegment.copy(from, 0, plain, JAVA_BYTE, 0, length);
      MemorySegment packed = arena.allocate(to.length - offset);
      int written = Math.toIntExact(deflate(plain, packed));
      if (written == 0) {
        throw new IllegalStateException("a compressed block is larger than any should be");
      }
      MemorySegment.copy(packed, JAVA_BYTE, 0, to, offset, written);
      return written;
    }
  }

  private long deflate(MemorySegment plain, MemorySegment packed) {
    try {
      MemorySegment compressor = allocated((MemorySegment) allocCompressor.invokeExact(level));
      try {
        return (long)
            compress.invokeExact(compressor, plain, plain.byteSize(), packed, packed.byteSize());
      } finally {
        freeCompressor.invokeExact(compressor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException("libdeflate could not be called", impossible);
    }
  }

  @Override
  public void inflate(byte[] from, int offset, int length, byte[] to, int plainBytes)
      throws ZipException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packed = arena.allocate(length);
      MemorySegment.copy(from, offset, packed, JAVA_BYTE, 0, length);
      MemorySegment plain = arena.allocate(plainBytes);
      MemorySegment used = arena.allocate(JAVA_LONG);
      MemorySegment written = arena.allocate(JAVA_LONG);
      switch (inflate(packed, plain, used, written)) {
        case SUCCESS -> {
          if (used.get(JAVA_LONG, 0) != length || written.get(JAVA_LONG, 0) != plainBytes) {
            throw Deflate.sizeDiffers();
          }
        }
        case BAD_DATA -> throw new ZipException("compressed data is corrupt");
        default -> throw Deflate.sizeDiffers();
      }
      MemorySegment.copy(plain, JAVA_BYTE, 0, to, 0, plainBytes);
    }
  }

  private int inflate(
      MemorySegment packed, MemorySegment plain, MemorySegment used, MemorySegment written) {
    try {
      MemorySegment decompressor = allocated((MemorySegment) allocDecompressor.invokeExact());
      try {
        return (int)
            decompress.invokeExact(
                decompressor, packed, packed.byteSize(), plain, plain.byteSize(), used, written);
      } finally {
        freeDecompressor.invokeExact(decompressor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException("libdeflate could not be called", impossible);
    }
  }

  private static MemorySegment allocated(MemorySegment pointer) {
    if (pointer.equals(MemorySegment.NULL)) {
      throw new OutOfMemoryError("libdeflate found no memory");
    }
    return pointer;
  }
}
