package linedisc.serial.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Everything that a line or its user may be asked arrives at the one within.
class ForwardingTransportTest {
  private final List<String> asked = new ArrayList<>();
  private final Inner inner = new Inner();
  private final SerialTransport outer =
      new ForwardingTransport(inner) {
        @Override
        public void start(TransportUser user) {
          line().start(user);
        }
      };

  @Test
  void noMethodOfTheInterfacesIsForgotten() throws IOException {
    Set<String> line = methods(SerialTransport.class);
    // close() is close(Duration) with no time.
    line.removeIf(method -> method.startsWith("start(") || method.startsWith("close()"));
    assertTrue(line.contains("workReady()V"), line::toString);
    assertTrue(methods(ForwardingTransport.class).containsAll(line), line::toString);
    Set<String> user = methods(TransportUser.class);
    assertTrue(methods(ForwardingUser.class).containsAll(user), user::toString);
  }

  /// Names and descriptors, read from the class file.
  private static Set<String> methods(Class<?> type) throws IOException {
    Set<String> signatures = new TreeSet<>();
    try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      for (MethodModel method : ClassFile.of().parse(file.readAllBytes()).methods()) {
        signatures.add(method.methodName().stringValue() + method.methodType().stringValue());
      }
    }
    return signatures;
  }

  @Test
  void whatALineIsAskedArrives() throws PortException {
    assertEquals("inner", outer.name());
    assertEquals(9600, outer.speed());
    assertSame(inner.settings, outer.settings());
    assertEquals(Set.of(ModemLine.DCD), outer.modemLines());
    assertTrue(outer.setDtr(true));
    assertTrue(outer.setRts(true));
    assertTrue(outer.sendBreak(Duration.ofMillis(3)));
    outer.apply(inner.settings);
    outer.leaveAsSet();
    outer.start(new Recorder());
    outer.workReady();
    assertEquals(CloseResult.ZOMBIE, outer.close(Duration.ofMillis(7)));
    outer.close();
    assertEquals(
        List.of(
            "setDtr true",
            "setRts true",
            "sendBreak PT0.003S",
            "apply",
            "leaveAsSet",
            "start",
            "workReady",
            "close PT0.007S",
            "close PT0S"),
        asked);
  }

  @Test
  void whatAUserIsAskedArrives() {
    Recorder recorder = new Recorder();
    TransportUser user = new ForwardingUser(recorder) {};
    assertEquals(recorder.mark(), user.mark());
    user.input(user.mark(), new byte[] {1, 2, 3}, 1, 2);
    assertArrayEquals(new byte[] {2, 3}, recorder.received());
    recorder.send(new byte[] {4});
    byte[] buffer = new byte[2];
    assertEquals(1, user.fill(buffer, 1, 1));
    assertArrayEquals(new byte[] {0, 4}, buffer);
    user.carrier(false);
    assertEquals(List.of(false), recorder.carriers());
  }

  private final class Inner implements SerialTransport {
    private final PortSettings settings = PortSettings.DEFAULT;

    @Override
    public String name() {
      return "inner";
    }

    @Override
    public int speed() {
      return 9600;
    }

    @Override
    public PortSettings settings() {
      return settings;
    }

    @Override
    public void apply(PortSettings wanted) {
      asked.add("apply");
    }

    @Override
    public void leaveAsSet() {
      asked.add("leaveAsSet");
    }

    @Override
    public void start(TransportUser user) {
      asked.add("start");
    }

    @Override
    public void workReady() {
      asked.add("workReady");
    }

    @Override
    public boolean setDtr(boolean on) {
      return asked.add("setDtr " + on);
    }

    @Override
    public boolean setRts(boolean on) {
      return asked.add("setRts " + on);
    }

    @Override
    public Set<ModemLine> modemLines() {
      return Set.of(ModemLine.DCD);
    }

    @Override
    public boolean sendBreak(Duration length) {
      return asked.add("sendBreak " + length);
    }

    @Override
    public CloseResult close(Duration drain) {
      asked.add("close " + drain);
      return CloseResult.ZOMBIE;
    }
  }
}
