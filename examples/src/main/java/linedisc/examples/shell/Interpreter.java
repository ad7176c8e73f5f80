package linedisc.examples.shell;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import linedisc.examples.cli.CommandException;
import linedisc.examples.stack.Station;
import linedisc.serial.forward.LocalDelivery;
import linedisc.serial.net.NetException;
import linedisc.serial.port.PortException;
import linedisc.serial.port.SerialBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out lines. Several at a time, each on its caller's thread.
final class Interpreter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

  private final Map<String, Verb> verbs = new LinkedHashMap<>();
  private final Taps taps;
  private final Relays relays;

  Interpreter(Station station) {
    this(station, new SerialBackend.JSerialComm(), Map.of());
  }

  /// With another way to open ports, and commands of one's own.
  ///
  /// @param own by their first words
  Interpreter(Station station, SerialBackend backend, Map<String, Verb> own) {
    Ports ports = new Ports(station, backend);
    Ping ping = new Ping(station);
    taps = new Taps(station);
    relays = new Relays(station);
    LocalDelivery segments = relays.segments();
    LocalDelivery replies = ping.replies();
    station
        .forwarder()
        .setLocal((b, offset, length) ->
            segments.packet(b, offset, length) || replies.packet(b, offset, length));
    verbs.put("ifconfig", new Ifconfig(station));
    verbs.put("attach", ports.attach());
    verbs.put("detach", ports.detach());
    verbs.put("ping", ping);
    verbs.put("route", new Routes(station));
    verbs.put("forward", relays);
    verbs.put("tap", taps);
    verbs.put("stat", new Stat(station, ports));
    verbs.putAll(own);
  }

  /// What there is, a form a line.
  String usage() {
    return verbs.values().stream().map(Verb::usage).collect(Collectors.joining("\n"));
  }

  /// The first words of all commands.
  List<String> verbs() {
    return List.copyOf(verbs.keySet());
  }

  /// Carries out a line; an empty one does nothing.
  Answer run(String line) throws InterruptedException {
    try {
      List<String> words = Words.of(line);
      if (words.isEmpty()) {
        return Answer.done();
      }
      if (words.getFirst().equals("help")) {
        return Answer.done(usage(), verbs());
      }
      Verb verb = verbs.get(words.getFirst());
      if (verb == null) {
        return Answer.misunderstood(
            "there is no command '" + words.getFirst() + "'; 'help' lists them");
      }
      return verb.run(words.subList(1, words.size()));
    } catch (CommandException e) {
      return Answer.misunderstood(e.sentence());
    } catch (NetException e) {
      LOG.debug("{}", line, e);
      return Answer.failed(e.error().name(), String.valueOf(e.getMessage()));
    } catch (PortException e) {
      LOG.debug("{}", line, e);
      return Answer.failed(e.reason().name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.debug("{}", line, e);
      return Answer.failed("EIO", sentence(e));
    } catch (InvalidPathException e) {
      return Answer.misunderstood("'" + e.getInput() + "' is no file name");
    } catch (RuntimeException e) {
      // A defect of ours must not take the stack with it that others use.
      LOG.error("{}", line, e);
      return Answer.failed("EIO", "a defect in linedisc: " + e);
    }
  }

  /// Ends what commands have begun, and completes their files. Waits for that.
  @Override
  public void close() {
    relays.close();
    taps.close();
  }

  private static String sentence(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": there is no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": not permitted";
      default -> String.valueOf(e.getMessage());
    };
  }
}
