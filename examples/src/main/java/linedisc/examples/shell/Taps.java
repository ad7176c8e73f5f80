package linedisc.examples.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.capture.InterfaceCapture;
import linedisc.serial.capture.PcapngWriter;
import linedisc.serial.net.NetError;
import linedisc.serial.net.NetInterface;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `tap`: an interface's packets into a file, while it runs.
final class Taps implements Verb, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Taps.class);
  private static final int DEFAULT_FILES = 2;

  private final Station station;

  /// By the interface's name; guarded by this object's monitor.
  private final Map<String, InterfaceCapture> running = new LinkedHashMap<>();

  private boolean closed;

  Taps(Station station) {
    this.station = station;
  }

  @Override
  public String usage() {
    return """
    tap NAME FILE                         writes the interface's packets to a pcapng file
    tap NAME FILE OCTETS [FILES]          the same, in files of that size, the last 2 or FILES of them
    tap NAME stop\
    """;
  }

  @Override
  public Answer run(List<String> words) throws IOException, CommandException {
    if (words.size() < 2 || words.size() > 4) {
      throw CommandException.usage("tap needs an interface and a file, or 'stop'");
    }
    String name = words.getFirst();
    if (words.size() == 2 && words.get(1).equals("stop")) {
      stop(name);
    } else {
      long octets = words.size() > 2 ? number(words.get(2)) : Long.MAX_VALUE;
      int files = words.size() > 3 ? (int) number(words.get(3)) : DEFAULT_FILES;
      start(name, Path.of(words.get(1)), octets, files);
    }
    return Answer.done();
  }

  private static long number(String word) throws CommandException {
    try {
      int number = Integer.parseInt(word);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw CommandException.usage("tap needs a number from 1 on, and not '" + word + "'");
  }

  private synchronized void start(String name, Path file, long octets, int files)
      throws IOException {
    if (closed) {
      throw NetError.ENXIO.on(name, "the shell ends");
    }
    running.values().removeIf(capture -> !capture.isRunning());
    NetInterface netInterface = station.interfaces().get(name);
    if (running.containsKey(name)) {
      throw NetError.EBUSY.on(name, "it is tapped already");
    }
    PcapngWriter writer =
        octets == Long.MAX_VALUE
            ? PcapngWriter.to(Files.newOutputStream(file))
            : PcapngWriter.rotating(file, octets, files);
    running.put(name, InterfaceCapture.start(netInterface, writer));
  }

  private void stop(String name) throws IOException {
    InterfaceCapture capture;
    synchronized (this) {
      capture = running.remove(name);
    }
    if (capture == null) {
      throw NetError.EINVAL.on(name, "it is not tapped");
    }
    capture.close();
  }

  /// Completes all files. Waits for that; none can be started any more.
  @Override
  public void close() {
    List<InterfaceCapture> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(running.values());
      running.clear();
    }
    for (InterfaceCapture capture : left) {
      try {
        capture.close();
      } catch (IOException e) {
        LOG.warn("a capture is not whole: {}", e.getMessage());
      }
    }
  }
}
