package linedisc.serial.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import linedisc.serial.life.Sync;
import linedisc.serial.net.InterfaceTable;
import linedisc.serial.net.NetInterface;
import linedisc.serial.port.CloseResult;
import linedisc.serial.port.NullModem;
import linedisc.serial.port.NullModemPump;
import linedisc.serial.port.SerialTransport;
import linedisc.serial.port.TransportUser;
import linedisc.serial.tty.SlipDiscipline;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyTable;
import linedisc.slip.SlipConfig;
import linedisc.slip.SlipEncoder;
import linedisc.slip.SlipMode;
import linedisc.slip.inet.Ip;
import linedisc.slip.inet.Ipv4;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ChatRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final ChatOptions FAST = new ChatOptions(10, true, false, Duration.ZERO);
  private static final SlipDiscipline SLIP =
      new SlipDiscipline(SlipConfig.builder().mode(SlipMode.SLIP).build());

  private final InterfaceTable interfaces = new InterfaceTable();
  private final TtyTable ttys = new TtyTable(interfaces);
  private final NullModemPump pump = new NullModemPump();
  private final NullModem wire = pump.wire("wire", 0);
  private final Cable cable = new Cable(wire.left());
  private final Tty tty = ttys.open(cable);
  private final Tty modem = ttys.open(wire.right());
  private final List<ChatEvent> heard = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    ttys.close();
    interfaces.close();
    pump.close();
  }

  private ChatRunner runner(String script) throws ChatSyntaxException {
    return new ChatRunner(
        ChatScript.ofFile("script", script.getBytes(ISO_8859_1), ChatVariables.NONE),
        FAST,
        name -> {
          throw new IOException("there is no file " + name);
        },
        heard::add);
  }

  /// A modem on the other end, a function from each line to its answer.
  private void answering(UnaryOperator<byte[]> answers) {
    Sync.system()
        .start(
            "modem",
            () -> {
              byte[] line = new byte[256];
              int length = 0;
              try {
                while (modem.read(line, length, 1, LONG) == 1) {
                  if (line[length++] == '\r') {
                    byte[] answer = answers.apply(Arrays.copyOf(line, length - 1));
                    modem.write(answer, 0, answer.length, LONG);
                    length = 0;
                  }
                }
              } catch (IOException | InterruptedException e) {
                // The test is over.
              }
            });
  }

  private void answering(String answer) {
    answering(line -> answer.getBytes(ISO_8859_1));
  }

  private String rest() throws Exception {
    byte[] rest = new byte[100];
    int length = tty.read(rest, 0, rest.length, LONG);
    return new String(rest, 0, length, ISO_8859_1);
  }

  @Test
  void takesNotOneOctetMoreThanTheScriptWants() throws Exception {
    answering("\r\nCONNECT 33600\r\n~rest");
    var end = runner("ABORT BUSY '' ATDT555 CONNECT \\c").run(tty);
    assertEquals(new ChatEvent.Finished(0, ""), end);
    assertEquals(" 33600\r\n~rest", rest());
  }

  @Test
  void packetsRightBehindTheScriptAreForTheDiscipline() throws Exception {
    byte[] packet = new byte[48];
    Ipv4.write(packet, 0, 0, 1, 64, Ip.UDP, 0x0a000001, 0x0a000002, packet.length - 20);
    byte[] frame = new byte[SlipEncoder.maxEncodedLength(packet.length)];
    int length = SlipEncoder.encode(packet, 0, packet.length, frame, 0);
    answering(line -> {
      byte[] said = "CONNECT".getBytes(ISO_8859_1);
      byte[] all = Arrays.copyOf(said, said.length + length);
      System.arraycopy(frame, 0, all, said.length, length);
      return all;
    });
    assertEquals(0, runner("'' ATDT555 CONNECT \\c").run(tty).exitStatus());
    NetInterface sl = tty.bind(SLIP).netInterface();
    byte[] got = new byte[2000];
    assertEquals(packet.length, sl.receive(got, 0, got.length, LONG));
    assertEquals(0, interfaces.touches());
  }

  @Test
  void endsAsChatDoes() throws Exception {
    answering("\r\nBUSY\r\n");
    var end = runner("ABORT 'NO CARRIER' ABORT BUSY '' ATDT555 CONNECT \\c").run(tty);
    assertEquals(new ChatEvent.Finished(5, "'BUSY' came"), end);
    assertEquals(3, runner("TIMEOUT 1 CONNECT \\c").run(tty).exitStatus());
  }

  /// A line on which there is always something to read.
  private ChatRunner babbling(Runnable meanwhile) throws ChatSyntaxException {
    long late = System.nanoTime() + LONG.toNanos();
    byte[] script = "ECHO ON TIMEOUT 1 CONNECT \\c".getBytes(ISO_8859_1);
    cable.say("~");
    return new ChatRunner(
        ChatScript.ofFile("script", script, ChatVariables.NONE),
        FAST,
        name -> new byte[0],
        event -> {
          if (event instanceof ChatEvent.Echo) {
            cable.say(System.nanoTime() < late ? "~" : "CONNECT");
            meanwhile.run();
          }
        });
  }

  @Test
  void givesUpInTimeOnWhoeverTalksWithoutAPause() throws Exception {
    assertEquals(3, babbling(() -> {}).run(tty).exitStatus());
  }

  @Test
  void anInterruptIsHeardWhateverComes() throws Exception {
    ChatRunner runner = babbling(Thread.currentThread()::interrupt);
    assertThrows(InterruptedException.class, () -> runner.run(tty));
  }

  @Test
  void saysReportsAndHidesSecrets() throws Exception {
    answering("ATDT echoed\r\nCONNECT 9600\r\n");
    var end = runner("REPORT CONNECT SAY dialling '' \\qsesame CONNECT \\c").run(tty);
    assertEquals(0, end.exitStatus());
    assertTrue(heard.contains(new ChatEvent.Say("dialling")), heard::toString);
    assertTrue(heard.contains(new ChatEvent.Report("CONNECT 9600")), heard::toString);
    assertFalse(heard.toString().contains("sesame"), heard::toString);
  }

  @Test
  void aBreakLeavesBehindWhatWasSentBefore() throws Exception {
    answering("OK\r\n");
    assertEquals(0, runner("'' AT\\r\\K OK \\c").run(tty).exitStatus());
    assertEquals(1, cable.breaks);
  }

  @Test
  void aLineThatIsGoneIsTheEnd() throws Exception {
    answering(line -> {
      wire.hangUp();
      return new byte[0];
    });
    assertEquals(2, runner("'' AT OK \\c").run(tty).exitStatus());
    assertEquals(2, runner("'' AT OK \\c").run(tty).exitStatus(), "it stays gone");
  }

  @Test
  void lossOfCarrierIsTheEndUnlessTheScriptSaysSo() throws Exception {
    answering(line -> {
      cable.carrier(false);
      return "".getBytes(ISO_8859_1);
    });
    var end = runner("'' AT OK \\c").run(tty);
    assertEquals(new ChatEvent.Finished(2, "the carrier was lost"), end);
    assertEquals(3, runner("HANGUP OFF TIMEOUT 1 '' AT OK \\c").run(tty).exitStatus());
  }

  @Test
  void anInterruptGivesUp() throws Exception {
    ChatRunner waits = runner("'' AT never \\c");
    var play = new FutureTask<>(() -> waits.run(tty));
    Thread thread = Thread.ofPlatform().daemon().start(play);
    answering(line -> {
      thread.interrupt();
      return new byte[0];
    });
    var ended = assertThrows(ExecutionException.class, play::get);
    assertInstanceOf(InterruptedException.class, ended.getCause());
    // Not in the answer: who is being interrupted may still read it.
    byte[] ok = "OK".getBytes(ISO_8859_1);
    modem.write(ok, 0, ok.length, LONG);
    assertEquals(0, runner("OK \\c").run(tty).exitStatus(), "the port is as before");
  }

  /// An end of the wire with a carrier to order, that counts breaks.
  private static final class Cable implements SerialTransport {
    private final SerialTransport end;
    private TransportUser user;
    private volatile int breaks;

    Cable(SerialTransport end) {
      this.end = end;
    }

    void carrier(boolean present) {
      user.carrier(present);
    }

    void say(String text) {
      byte[] octets = text.getBytes(ISO_8859_1);
      user.input(user.mark(), octets, 0, octets.length);
    }

    @Override
    public String name() {
      return end.name();
    }

    @Override
    public int speed() {
      return 9600;
    }

    @Override
    public void start(TransportUser newUser) {
      user = newUser;
      end.start(newUser);
    }

    @Override
    public void workReady() {
      end.workReady();
    }

    @Override
    public boolean sendBreak(Duration length) {
      breaks++;
      return true;
    }

    @Override
    public CloseResult close(Duration drain) {
      return end.close(drain);
    }
  }
}
