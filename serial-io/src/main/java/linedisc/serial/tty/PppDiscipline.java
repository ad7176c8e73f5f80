package linedisc.serial.tty;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import linedisc.ppp.PppConfig;

/// The line discipline of PPP: binds a `ppp` interface and opens the link at once. The interface is
/// RUNNING while a network protocol is Opened.
///
/// What happens on the link is posted to the tty's events as [linedisc.ppp.PppEvent]; commands go
/// through the [PppProtocol] that a bind returns.
public final class PppDiscipline implements LineDiscipline {
  /// The discipline's name.
  public static final String NAME = "ppp";

  private final PppConfig config;
  private final Supplier<? extends RandomGenerator> random;

  /// Every binding gets these settings.
  ///
  /// @param random a source for each binding; magic numbers and challenges come from it, so it
  ///   should be a good one
  public PppDiscipline(PppConfig config, Supplier<? extends RandomGenerator> random) {
    this.config = config;
    this.random = random;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String interfaceType() {
    return "ppp";
  }

  @Override
  public PppProtocol open(Line line) {
    return new PppProtocol(line, config, random.get());
  }
}
