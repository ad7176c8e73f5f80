package linedisc.serial.port;

import java.time.Duration;
import java.util.Locale;

/// How a serial line is set.
///
/// The text form, for [#parse] and [#toString], is a speed and words in any order, separated by
/// blanks or commas: `115200,8n1,crtscts,modem`.
///
/// @param speed bits per second
/// @param dataBits 5 to 8; PPP and SLIP need 8
/// @param flow who may stop the flow
/// @param modem whether carrier (DCD) is watched and DTR is dropped at close; false: `local`
/// @param dtrAtOpen whether DTR is on from the start
/// @param rtsAtOpen whether RTS is on from the start
/// @param stallLimit for how long a line may take nothing before it counts as gone; zero: for ever
public record PortSettings(
    int speed,
    int dataBits,
    Parity parity,
    StopBits stopBits,
    FlowControl flow,
    boolean modem,
    boolean dtrAtOpen,
    boolean rtsAtOpen,
    Duration stallLimit) {

  /// 115200 8n1, no flow control, `local`.
  public static final PortSettings DEFAULT =
      new PortSettings(
          115_200,
          8,
          Parity.NONE,
          StopBits.ONE,
          FlowControl.NONE,
          false,
          true,
          true,
          Duration.ofSeconds(60));

  /// The parity bit.
  public enum Parity {
    /// No such bit.
    NONE('n'),
    /// Odd.
    ODD('o'),
    /// Even.
    EVEN('e'),
    /// Always 1.
    MARK('m'),
    /// Always 0.
    SPACE('s');

    private final char letter;

    Parity(char letter) {
      this.letter = letter;
    }
  }

  /// The length of the stop bit.
  public enum StopBits {
    /// One bit.
    ONE("1"),
    /// One and a half, which only some hardware with five data bits has.
    ONE_AND_A_HALF("1.5"),
    /// Two bits.
    TWO("2");

    private final String text;

    StopBits(String text) {
      this.text = text;
    }
  }

  /// Who may stop the flow, in both directions.
  public enum FlowControl {
    /// Nobody.
    NONE("noflow"),
    /// RTS and CTS.
    RTS_CTS("crtscts"),
    /// The octets XON and XOFF, which then can't be sent as data: PPP must escape 0x11 and 0x13.
    XON_XOFF("xonxoff");

    private final String text;

    FlowControl(String text) {
      this.text = text;
    }
  }

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException whose message is a sentence
  public PortSettings {
    if (speed < 1) {
      throw new IllegalArgumentException("A speed of " + speed + " bits per second is none.");
    }
    if (dataBits < 5 || dataBits > 8) {
      throw new IllegalArgumentException("A character has 5 to 8 data bits, not " + dataBits + ".");
    }
    if (stallLimit.isNegative()) {
      throw new IllegalArgumentException("The stall limit is negative.");
    }
  }

  /// Reads the text form; what it does not name is as in [#DEFAULT].
  ///
  /// @throws IllegalArgumentException whose message is a sentence
  public static PortSettings parse(String text) {
    Builder settings = DEFAULT.toBuilder();
    for (String word : text.strip().split("[\\s,]+", -1)) {
      if (!word.isEmpty()) {
        settings.word(word.toLowerCase(Locale.ROOT));
      }
    }
    return settings.build();
  }

  /// A builder that starts from [#DEFAULT].
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /// A builder that starts from these.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// These, with another's speed, character format and flow control: what can be changed while a
  /// line is open.
  PortSettings withLineOf(PortSettings other) {
    return toBuilder()
        .speed(other.speed)
        .dataBits(other.dataBits)
        .parity(other.parity)
        .stopBits(other.stopBits)
        .flow(other.flow)
        .build();
  }

  /// The text form.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(speed).append(',').append(dataBits).append(parity.letter).append(stopBits.text);
    text.append(',').append(flow.text).append(modem ? ",modem" : ",local");
    if (!dtrAtOpen) {
      text.append(",nodtr");
    }
    if (!rtsAtOpen) {
      text.append(",norts");
    }
    return text.toString();
  }

  /// Builds settings. Not thread-safe.
  public static final class Builder {
    private int speed;
    private int dataBits;
    private Parity parity;
    private StopBits stopBits;
    private FlowControl flow;
    private boolean modem;
    private boolean dtrAtOpen;
    private boolean rtsAtOpen;
    private Duration stallLimit;

    private Builder(PortSettings from) {
      speed = from.speed;
      dataBits = from.dataBits;
      parity = from.parity;
      stopBits = from.stopBits;
      flow = from.flow;
      modem = from.modem;
      dtrAtOpen = from.dtrAtOpen;
      rtsAtOpen = from.rtsAtOpen;
      stallLimit = from.stallLimit;
    }

    /// Bits per second.
    public Builder speed(int bitsPerSecond) {
      speed = bitsPerSecond;
      return this;
    }

    /// 5 to 8.
    public Builder dataBits(int bits) {
      dataBits = bits;
      return this;
    }

    /// The parity bit.
    public Builder parity(Parity kind) {
      parity = kind;
      return this;
    }

    /// The length of the stop bit.
    public Builder stopBits(StopBits length) {
      stopBits = length;
      return this;
    }

    /// Who may stop the flow.
    public Builder flow(FlowControl kind) {
      flow = kind;
      return this;
    }

    /// Whether carrier is watched and DTR dropped at close.
    public Builder modem(boolean watched) {
      modem = watched;
      return this;
    }

    /// Whether DTR is on from the start.
    public Builder dtrAtOpen(boolean on) {
      dtrAtOpen = on;
      return this;
    }

    /// Whether RTS is on from the start.
    public Builder rtsAtOpen(boolean on) {
      rtsAtOpen = on;
      return this;
    }

    /// For how long a line may take nothing; zero: for ever.
    public Builder stallLimit(Duration limit) {
      stallLimit = limit;
      return this;
    }

    /// The settings.
    ///
    /// @throws IllegalArgumentException whose message is a sentence
    public PortSettings build() {
      return new PortSettings(
          speed, dataBits, parity, stopBits, flow, modem, dtrAtOpen, rtsAtOpen, stallLimit);
    }

    /// Takes one word of the text form.
    private void word(String word) {
      switch (word) {
        case "modem" -> modem = true;
        case "local" -> modem = false;
        case "dtr" -> dtrAtOpen = true;
        case "nodtr" -> dtrAtOpen = false;
        case "rts" -> rtsAtOpen = true;
        case "norts" -> rtsAtOpen = false;
        default -> {
          if (!flowWord(word) && !frameWord(word)) {
            speedWord(word);
          }
        }
      }
    }

    private boolean flowWord(String word) {
      for (FlowControl kind : FlowControl.values()) {
        if (kind.text.equals(word)) {
          flow = kind;
          return true;
        }
      }
      return false;
    }

    /// `8n1`: data bits, parity, stop bits.
    private boolean frameWord(String word) {
      if (word.length() < 3 || !Character.isDigit(word.charAt(0))) {
        return false;
      }
      for (Parity kind : Parity.values()) {
        if (kind.letter == word.charAt(1)) {
          for (StopBits length : StopBits.values()) {
            if (length.text.equals(word.substring(2))) {
              dataBits = word.charAt(0) - '0';
              parity = kind;
              stopBits = length;
              return true;
            }
          }
        }
      }
      return false;
    }

    private void speedWord(String word) {
      try {
        speed = Integer.parseInt(word);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "A line setting \""
                + word
                + "\" is unknown; there are a speed, 8n1 and the like, crtscts, xonxoff, noflow,"
                + " modem, local, dtr, nodtr, rts, norts.",
            e);
      }
    }
  }
}
