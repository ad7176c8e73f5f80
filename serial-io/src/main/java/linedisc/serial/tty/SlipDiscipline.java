package linedisc.serial.tty;

import linedisc.slip.SlipConfig;

/// The line discipline of SLIP and its relatives: binds an `sl` interface. SLIP negotiates nothing,
/// so the interface is RUNNING from the start, and its addresses are those it was configured with.
///
/// What happens on the link is posted to the tty's events as [linedisc.slip.SlipEvent].
public final class SlipDiscipline implements LineDiscipline {
  /// The discipline's name.
  public static final String NAME = "sl";

  private final SlipConfig config;

  /// Every binding gets these settings.
  public SlipDiscipline(SlipConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String interfaceType() {
    return "sl";
  }

  @Override
  public SlipProtocol open(Line line) {
    return new SlipProtocol(line, config);
  }
}
