package linedisc.serial.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import linedisc.serial.forward.Prefix;
import linedisc.serial.life.Removal;
import linedisc.serial.net.AddressPair;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.NullModem;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightReporterTest {
  @TempDir Path folder;

  @Test
  void anInterfacesLifeIsInTheRecording() throws Exception {
    Path file = folder.resolve("flight.jfr");
    InterfaceTable table = new InterfaceTable();
    TtyTable ttys = new TtyTable(table);
    NullModem wire = new NullModem("wire", 0, () -> {});
    try (Recording recording = new Recording();
        FlightReporter reporter = new FlightReporter(table, Runnable::run)) {
      recording.enable("linedisc.InterfaceCounters").with("period", "endChunk");
      recording.start();
      NetInterface sl0 = table.create("sl0");
      sl0.configure(new AddressPair(Prefix.address("10.0.0.1"), Prefix.address("10.0.0.2")));
      Tty tty = ttys.open(wire.left());
      reporter.watch(tty);
      var _ = tty.bind(new SlipDiscipline(SlipConfig.builder().build()), sl0);
      // Quick changes may become one event, so each is let be seen.
      awaitDispatcher(table);
      Removal unbound = tty.unbind();
      assertEquals(null, unbound, "it is kept");
      awaitDispatcher(table);
      sl0.destroy().await();
      awaitDispatcher(table);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    RecordedEvent arrived = one(events, "linedisc.InterfaceArrived");
    assertEquals("sl0", arrived.getString("name"));
    RecordedEvent up = one(events, "linedisc.LinkUp");
    assertEquals("10.0.0.1 --> 10.0.0.2", up.getString("addresses"));
    assertEquals(arrived.getLong("index"), up.getLong("index"));
    one(events, "linedisc.LinkDown");
    one(events, "linedisc.InterfaceDeparted");
    assertTrue(
        events.stream()
            .anyMatch(e ->
                e.getEventType().getName().equals("linedisc.InterfaceCounters")
                    && e.getString("name").equals("lo0")));
    ttys.close();
    table.close();
  }

  private static void awaitDispatcher(InterfaceTable table) throws InterruptedException {
    var served = new CountDownLatch(1);
    table.dispatcher().submit(served::countDown);
    served.await();
  }

  private static RecordedEvent one(List<RecordedEvent> events, String type) {
    List<RecordedEvent> those =
        events.stream().filter(e -> e.getEventType().getName().equals(type)).toList();
    assertEquals(1, those.size(), type);
    return those.getFirst();
  }
}
