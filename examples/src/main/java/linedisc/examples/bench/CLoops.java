package linedisc.examples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import linedisc.serial.ffi.NativeCode;
import linedisc.serial.ffi.NativeCode.ArrayFunction;
import linedisc.serial.ffi.Platform;

/// The yardstick: loops in C like those of kernels, an octet at a time, built on the spot by the
/// system's compiler and called in this process.
public final class CLoops implements Loops {
  private static final int ROOM = 4000;

  private final byte[] buffer = new byte[ROOM];
  private final ArrayFunction fcs;
  private final ArrayFunction hdlcEncode;
  private final ArrayFunction hdlcDecode;
  private final ArrayFunction slipEncode;
  private final ArrayFunction slipDecode;

  private CLoops(NativeCode code) {
    fcs = code.function("yardstick_fcs16");
    hdlcEncode = code.function("yardstick_hdlc_encode");
    hdlcDecode = code.function("yardstick_hdlc_decode");
    slipEncode = code.function("yardstick_slip_encode");
    slipDecode = code.function("yardstick_slip_decode");
  }

  /// Builds them.
  ///
  /// @throws IOException when that can't be done here; the message is a sentence that says why
  public static CLoops build() throws IOException, InterruptedException {
    if (!Platform.supported()) {
      throw new IOException("The C loops need Linux.");
    }
    Path folder = Files.createTempDirectory("linedisc-bench");
    Path object = folder.resolve("yardstick.so");
    try (InputStream source = CLoops.class.getResourceAsStream("yardstick.c")) {
      if (source == null) {
        throw new IOException("The C loops are not in this build.");
      }
      compile(source, object);
      return new CLoops(NativeCode.load(object));
    } finally {
      Files.deleteIfExists(object);
      Files.deleteIfExists(folder);
    }
  }

  private static void compile(InputStream source, Path object)
      throws IOException, InterruptedException {
    Process gcc;
    try {
      gcc =
          new ProcessBuilder(
                  "gcc", "-O2", "-shared", "-fPIC", "-x", "c", "-", "-o", object.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new IOException("The C loops need gcc, and there is none on the PATH.", e);
    }
    try (var input = gcc.getOutputStream()) {
      source.transferTo(input);
    }
    if (!gcc.waitFor(60, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
      gcc.destroyForcibly();
      throw new IOException("The C loops could not be built: gcc failed.");
    }
  }

  @Override
  public String name() {
    return "C, byte loop";
  }

  @Override
  public int fcs(Sample sample) {
    return fcs.call(sample.packets, sample.mix.length(), sample.count, 0, buffer);
  }

  @Override
  public int hdlcEncode(Sample sample) {
    return hdlcEncode.call(
        sample.frames, sample.frameLength(), sample.count, sample.mix.accm(), buffer);
  }

  @Override
  public int hdlcDecode(Sample sample) {
    return hdlcDecode.call(sample.hdlcLine, sample.hdlcLine.length, 1, sample.mix.accm(), buffer);
  }

  @Override
  public int slipEncode(Sample sample) {
    return slipEncode.call(sample.packets, sample.mix.length(), sample.count, 0, buffer);
  }

  @Override
  public int slipDecode(Sample sample) {
    return slipDecode.call(sample.slipLine, sample.slipLine.length, 1, 0, buffer);
  }
}
