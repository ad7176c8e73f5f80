package linedisc.ppp.lcp;

import java.util.random.RandomGenerator;
import linedisc.ppp.fsm.ConfigurationOption;
import linedisc.ppp.fsm.Verdict;
import linedisc.ppp.wire.OptionReader;
import linedisc.ppp.wire.OptionWriter;
import org.jspecify.annotations.Nullable;

/// Magic-Number (RFC 1661 section 6.4): a random number by which an end knows its own packets when
/// a looped line sends them back, four octets long.
public final class MagicNumberOption implements ConfigurationOption {
  /// The Type field of this option (RFC 1661 section 6.4).
  public static final int TYPE = 5;

  private static final int DATA_LENGTH = 4;

  private final boolean negotiable;
  private final RandomGenerator random;
  private int wish;
  private boolean refused;
  private int ours;
  private int lastSuggested;
  private int loops;

  MagicNumberOption(LcpConfig config, RandomGenerator random) {
    this.negotiable = config.magicNumber();
    this.random = random;
  }

  /// Our magic number, 0 if none was agreed on.
  int ours() {
    return ours;
  }

  /// How many Configure-Requests with our own number have come in one after the other.
  int loops() {
    return loops;
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void reset() {
    wish = fresh();
    ours = 0;
    lastSuggested = 0;
    loops = 0;
  }

  private int fresh() {
    int number;
    do {
      number = random.nextInt();
    } while (number == 0);
    return number;
  }

  @Override
  public void begin() {
    refused = false;
  }

  private boolean isRequested() {
    return negotiable && !refused;
  }

  @Override
  public void request(OptionWriter out) {
    if (isRequested()) {
      out.add32(TYPE, wish);
    }
  }

  @Override
  public void naked(OptionReader suggestion) {
    wish = fresh();
  }

  @Override
  public void rejected() {
    refused = true;
  }

  @Override
  public void confirmed() {
    ours = isRequested() ? wish : 0;
  }

  /// Whether this option of a Configure-Nak is the number that we suggested last: on a looped line
  /// our own Nak comes back. Chooses another number if so.
  boolean isOwnSuggestion(OptionReader suggestion) {
    if (suggestion.dataLength() != DATA_LENGTH
        || lastSuggested == 0
        || suggestion.u32(0) != lastSuggested) {
      return false;
    }
    wish = fresh();
    return true;
  }

  @Override
  public Verdict consider(OptionReader option) {
    if (!negotiable) {
      return Verdict.REJECT;
    }
    if (option.dataLength() != DATA_LENGTH || option.u32(0) == 0) {
      return suggest();
    }
    int value = option.u32(0);
    if (isRequested() && value == wish) {
      loops++;
      return suggest();
    }
    loops = 0;
    return Verdict.ACK;
  }

  private Verdict suggest() {
    lastSuggested = fresh();
    return Verdict.Nak.u32(lastSuggested);
  }

  @Override
  public boolean isRejectable() {
    // Who uses magic numbers must let the peer use them; and a looped line must not open without.
    return false;
  }

  @Override
  public Verdict.@Nullable Nak absent() {
    loops = 0;
    return null;
  }

  @Override
  public void granted() {
    // The peer's number matters only while it may be our own.
  }

  /// The option in pppd's notation, or null if the data has another length.
  public static @Nullable String text(OptionReader option) {
    return option.dataLength() == DATA_LENGTH ? String.format("magic 0x%x", option.u32(0)) : null;
  }
}
