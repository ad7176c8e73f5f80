package linedisc.examples.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linedisc.serial.capture.Direction;
import linedisc.serial.capture.LinkType;
import linedisc.serial.capture.PcapngWriter;

/// All frames that linedisc has sent in all cells, in one pcapng file for tshark. Each cell is an
/// interface of that file, so that a frame tells where it was sent.
final class Capture implements AutoCloseable {
  /// What tshark is asked for: a frame that it could not read to its end, or one that is wrong.
  private static final String FAULTS = "_ws.malformed or _ws.expert.severity >= 8388608";

  private final Path file;
  private final PcapngWriter writer;
  private int frames;

  Capture(Path file) throws IOException {
    this.file = file;
    this.writer = PcapngWriter.to(Files.newOutputStream(file));
  }

  /// Adds what an end of a cell has sent.
  ///
  /// @param octets as they were on the line
  /// @throws CellException if a frame is bad for every receiver
  void add(String cell, End end, byte[] octets) throws IOException, CellException {
    WireFrames sent = WireFrames.of(end.protocol(), octets);
    boolean raw = end.protocol().equals("slip") || end.protocol().equals("slip6");
    int number = writer.addInterface(cell, raw ? LinkType.RAW : LinkType.PPP);
    for (byte[] frame : sent.frames()) {
      writer.write(number, Direction.SENT, frames, frame, 0, frame.length);
      frames++;
    }
    writer.flush();
    if (sent.bad() > 0) {
      throw new CellException("%s sent %d bad frames".formatted(end, sent.bad()));
    }
  }

  /// How many frames there are.
  int frames() {
    return frames;
  }

  /// The frames that tshark finds fault with, one a line.
  List<String> faults() throws IOException, InterruptedException, UnavailableException {
    writer.flush();
    var command = new ArrayList<String>(List.of("tshark", "-n", "-r", file.toString()));
    // Random octets look like many a protocol.
    command.addAll(List.of("-d", "udp.port==" + Trial.DATA_PORT + ",data"));
    command.addAll(List.of("-o", "udp.try_heuristic_first:FALSE"));
    command.addAll(List.of("-Y", FAULTS, "-T", "fields", "-e", "frame.interface_name"));
    command.addAll(List.of("-e", "_ws.col.Protocol", "-e", "_ws.col.Info"));
    command.addAll(List.of("-e", "_ws.expert.message"));
    try (Child tshark =
        Child.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD))) {
      String output =
          new String(tshark.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tshark.process().waitFor() != 0) {
        throw new IOException("tshark could not read " + file);
      }
      return output.lines().toList();
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
