package linedisc.serial.port;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import linedisc.serial.port.PortSettings.FlowControl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A serial port of a terminal server, reached through another line, usually TCP: the client's side
/// of RFC 2217. The server's port gets our settings; its modem lines are ours to set and read.
///
/// Nothing is sent before the server has answered whether it knows the option.
///
/// See [RFC 2217: Telnet Com Port Control Option](https://www.rfc-editor.org/info/rfc2217).
public final class Rfc2217Transport extends ForwardingTransport {
  private static final Logger LOG = LoggerFactory.getLogger(Rfc2217Transport.class);

  // Telnet options
  private static final int BINARY = 0;
  private static final int SUPPRESS_GO_AHEAD = 3;
  private static final int COM_PORT = 44;

  // RFC 2217, section 2 and 3: what a client sends; a server's numbers are 100 higher.
  private static final int SET_BAUDRATE = 1;
  private static final int SET_DATASIZE = 2;
  private static final int SET_PARITY = 3;
  private static final int SET_STOPSIZE = 4;
  private static final int SET_CONTROL = 5;
  private static final int SET_MODEMSTATE_MASK = 11;
  private static final int SERVER_SET_BAUDRATE = 101;
  private static final int SERVER_NOTIFY_MODEMSTATE = 107;
  private static final int SERVER_FLOWCONTROL_SUSPEND = 108;
  private static final int SERVER_FLOWCONTROL_RESUME = 109;

  // Values of SET-CONTROL
  private static final int FLOW_NONE = 1;
  private static final int FLOW_XON_XOFF = 2;
  private static final int FLOW_HARDWARE = 3;
  private static final int BREAK_ON = 5;
  private static final int BREAK_OFF = 6;
  private static final int DTR_ON = 8;
  private static final int DTR_OFF = 9;
  private static final int RTS_ON = 11;
  private static final int RTS_OFF = 12;

  // Bits of NOTIFY-MODEMSTATE
  private static final int CARRIER = 0x80;
  private static final int RING = 0x40;
  private static final int DATA_SET_READY = 0x20;
  private static final int CLEAR_TO_SEND = 0x10;

  /// A server that asks for the same again and again gets no more answers than this at a time.
  private static final int MOST_PENDING = 1024;

  private static final int FETCH_OCTETS = 2048;
  private static final Duration LEAST_DRAIN = Duration.ofMillis(200);

  private enum Agreement {
    ASKED,
    AGREED,
    REFUSED
  }

  private volatile PortSettings settings;
  private volatile boolean leftAsSet;

  /// Guards what follows; no user method is called under it.
  private final Object lock = new Object();

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Agreement agreement = Agreement.ASKED;
  private boolean suspended;

  /// What was held back may go now.
  private boolean released;

  private boolean dtr;
  private boolean rts;

  /// As the server last told; -1: it has not, and carrier is taken for granted.
  private int modemState = -1;

  /// A port behind a line that was not started.
  public Rfc2217Transport(SerialTransport line, PortSettings settings) {
    super(line);
    this.settings = settings;
    this.dtr = settings.dtrAtOpen();
    this.rts = settings.rtsAtOpen();
  }

  @Override
  public String name() {
    return "rfc2217://" + super.name();
  }

  @Override
  public int speed() {
    return settings.speed();
  }

  @Override
  public void start(TransportUser user) {
    synchronized (lock) {
      for (int option : new int[] {BINARY, SUPPRESS_GO_AHEAD}) {
        negotiate(TelnetDecoder.WILL, option);
        negotiate(TelnetDecoder.DO, option);
      }
      negotiate(TelnetDecoder.WILL, COM_PORT);
    }
    line().start(new Telnet(user));
  }

  @Override
  public PortSettings settings() {
    return settings;
  }

  /// Where the server has not answered yet, it gets these as the first. What it can't do it sets as
  /// near as it can, and says so in the log.
  @Override
  public void apply(PortSettings wanted) throws PortException {
    synchronized (lock) {
      if (agreement == Agreement.REFUSED) {
        throw new PortException(
            PortException.Reason.FAILED, name() + ": the server can't set the line.");
      }
      settings = settings.withLineOf(wanted);
      if (agreement == Agreement.AGREED) {
        sendSettings();
      }
    }
    line().workReady();
  }

  @Override
  public void leaveAsSet() {
    leftAsSet = true;
  }

  @Override
  public boolean setDtr(boolean on) {
    synchronized (lock) {
      dtr = on;
    }
    return control(on ? DTR_ON : DTR_OFF);
  }

  @Override
  public boolean setRts(boolean on) {
    synchronized (lock) {
      rts = on;
    }
    return control(on ? RTS_ON : RTS_OFF);
  }

  @Override
  public boolean sendBreak(Duration length) {
    if (!control(BREAK_ON)) {
      return false;
    }
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    return control(BREAK_OFF);
  }

  /// As the server last told; ours as they were set.
  @Override
  public Set<ModemLine> modemLines() {
    EnumSet<ModemLine> lines = EnumSet.noneOf(ModemLine.class);
    synchronized (lock) {
      int state = Math.max(modemState, 0);
      add(lines, ModemLine.DCD, (state & CARRIER) != 0);
      add(lines, ModemLine.RI, (state & RING) != 0);
      add(lines, ModemLine.DSR, (state & DATA_SET_READY) != 0);
      add(lines, ModemLine.CTS, (state & CLEAR_TO_SEND) != 0);
      add(lines, ModemLine.DTR, dtr);
      add(lines, ModemLine.RTS, rts);
    }
    return lines;
  }

  private static void add(Set<ModemLine> lines, ModemLine line, boolean on) {
    if (on) {
      lines.add(line);
    }
  }

  @Override
  public CloseResult close(Duration drain) {
    if (settings.modem() && !leftAsSet && setDtr(false)) {
      return super.close(drain.compareTo(LEAST_DRAIN) < 0 ? LEAST_DRAIN : drain);
    }
    return super.close(drain);
  }

  private boolean control(int value) {
    synchronized (lock) {
      if (agreement != Agreement.AGREED) {
        return false;
      }
      command(SET_CONTROL, value);
    }
    line().workReady();
    return true;
  }

  private void negotiate(int command, int option) {
    if (pending.size() < MOST_PENDING) {
      pending.write(TelnetDecoder.IAC);
      pending.write(command);
      pending.write(option);
    }
  }

  /// Adds one COM-PORT command; its value's octets are escaped where necessary.
  private void command(int command, int... value) {
    pending.write(TelnetDecoder.IAC);
    pending.write(TelnetDecoder.SB);
    pending.write(COM_PORT);
    pending.write(command);
    for (int octet : value) {
      pending.write(octet);
      if (octet == TelnetDecoder.IAC) {
        pending.write(octet);
      }
    }
    pending.write(TelnetDecoder.IAC);
    pending.write(TelnetDecoder.SE);
  }

  private void sendSettings() {
    int speed = settings.speed();
    command(SET_BAUDRATE, speed >>> 24, speed >>> 16 & 0xff, speed >>> 8 & 0xff, speed & 0xff);
    command(SET_DATASIZE, settings.dataBits());
    command(
        SET_PARITY,
        switch (settings.parity()) {
          case NONE -> 1;
          case ODD -> 2;
          case EVEN -> 3;
          case MARK -> 4;
          case SPACE -> 5;
        });
    command(
        SET_STOPSIZE,
        switch (settings.stopBits()) {
          case ONE -> 1;
          case TWO -> 2;
          case ONE_AND_A_HALF -> 3;
        });
    FlowControl flow = settings.flow();
    command(
        SET_CONTROL,
        switch (flow) {
          case NONE -> FLOW_NONE;
          case XON_XOFF -> FLOW_XON_XOFF;
          case RTS_CTS -> FLOW_HARDWARE;
        });
    command(SET_CONTROL, dtr ? DTR_ON : DTR_OFF);
    if (flow != FlowControl.RTS_CTS) {
      command(SET_CONTROL, rts ? RTS_ON : RTS_OFF);
    }
    command(SET_MODEMSTATE_MASK, CARRIER | RING | DATA_SET_READY | CLEAR_TO_SEND);
  }

  /// Stands between the line and our user.
  private final class Telnet extends ForwardingUser implements TelnetDecoder.Commands {
    private final TelnetDecoder decoder = new TelnetDecoder(this);
    private final byte[] fetched = new byte[FETCH_OCTETS];
    private byte @Nullable [] sending;
    private int sent;
    private boolean carrier = true;

    Telnet(TransportUser user) {
      super(user);
    }

    @Override
    public void input(long mark, byte[] buffer, int offset, int length) {
      int data = decoder.decode(buffer, offset, length);
      if (data > 0) {
        super.input(mark, buffer, offset, data);
      }
      boolean present;
      boolean ready;
      synchronized (lock) {
        present = (modemState & CARRIER) != 0;
        ready = pending.size() > 0 || released;
        released = false;
      }
      if (settings.modem() && present != carrier) {
        carrier = present;
        super.carrier(present);
      }
      if (ready) {
        line().workReady();
      }
    }

    @Override
    public int fill(byte[] buffer, int offset, int length) {
      boolean held;
      synchronized (lock) {
        if (sending == null && pending.size() > 0 && !suspended) {
          sending = pending.toByteArray();
          sent = 0;
          pending.reset();
        }
        held = agreement == Agreement.ASKED || suspended;
      }
      if (sending != null) {
        return fillCommands(sending, buffer, offset, length);
      }
      if (held) {
        return 0;
      }
      int n = super.fill(fetched, 0, Math.min(fetched.length, length / 2));
      int to = offset;
      for (int i = 0; i < n; i++) {
        buffer[to++] = fetched[i];
        if (fetched[i] == (byte) TelnetDecoder.IAC) {
          buffer[to++] = fetched[i];
        }
      }
      return to - offset;
    }

    private int fillCommands(byte[] commands, byte[] buffer, int offset, int length) {
      int n = Math.min(length, commands.length - sent);
      System.arraycopy(commands, sent, buffer, offset, n);
      sent += n;
      if (sent == commands.length) {
        sending = null;
      }
      return n;
    }

    @Override
    public void negotiate(int command, int option) {
      synchronized (lock) {
        if (option == COM_PORT) {
          comPort(command);
        } else if (option != BINARY && option != SUPPRESS_GO_AHEAD) {
          if (command == TelnetDecoder.WILL) {
            Rfc2217Transport.this.negotiate(TelnetDecoder.DONT, option);
          } else if (command == TelnetDecoder.DO) {
            Rfc2217Transport.this.negotiate(TelnetDecoder.WONT, option);
          }
        }
      }
    }

    private void comPort(int command) {
      switch (command) {
        case TelnetDecoder.DO -> agree();
        case TelnetDecoder.WILL -> {
          // Some servers offer it themselves.
          if (agreement != Agreement.AGREED) {
            Rfc2217Transport.this.negotiate(TelnetDecoder.DO, COM_PORT);
          }
          agree();
        }
        case TelnetDecoder.DONT -> {
          if (agreement == Agreement.ASKED) {
            LOG.warn("{}: the server can't set the line", name());
          }
          agreement = Agreement.REFUSED;
          released = true;
        }
        default -> {
          // WONT: it never said it would.
        }
      }
    }

    private void agree() {
      if (agreement != Agreement.AGREED) {
        agreement = Agreement.AGREED;
        sendSettings();
      }
    }

    @Override
    public void parameters(byte[] octets, int length) {
      if (octets[0] != COM_PORT || length < 2) {
        return;
      }
      synchronized (lock) {
        switch (octets[1]) {
          case SERVER_NOTIFY_MODEMSTATE -> {
            if (length > 2) {
              modemState = Byte.toUnsignedInt(octets[2]);
            }
          }
          case SERVER_FLOWCONTROL_SUSPEND -> suspended = true;
          case SERVER_FLOWCONTROL_RESUME -> {
            suspended = false;
            released = true;
          }
          case SERVER_SET_BAUDRATE -> checkSpeed(octets, length);
          default -> {
            // Other answers repeat what we have asked for.
          }
        }
      }
    }

    private void checkSpeed(byte[] octets, int length) {
      if (length >= 6) {
        int speed = 0;
        for (int i = 2; i < 6; i++) {
          speed = speed << 8 | Byte.toUnsignedInt(octets[i]);
        }
        if (speed != settings.speed()) {
          LOG.warn("{}: the server has set {} bits per second", name(), speed);
        }
      }
    }
  }
}
