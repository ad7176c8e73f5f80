package linedisc.examples.pppd.options;

import java.util.List;

/// Options of multilink and callback, which are not there yet: what asks for them is refused, what
/// does without them is fine.
final class MultilinkOptions {
  private static final String ALONE = "each link runs for itself; leave it out on both ends";

  private MultilinkOptions() {}

  static List<PppdOption> rows() {
    return new Rows(Area.MULTILINK)
        .refused("multilink", new Argument.None(), ALONE, "Join links to a bundle")
        .alias("mp")
        .keeps()
        .word("nomultilink", (draft, word) -> {}, "Don't join links to a bundle")
        .alias("nomp")
        .under("multilink")
        .refused("bundle", new Argument.Text(TtyOptions.MAX_PATH), ALONE, "The bundle's name")
        .keeps()
        .refused(
            "mrru",
            new Argument.Whole(LcpOptions.MIN_MRU, 65535),
            ALONE,
            "Longest packet of the bundle")
        .keeps()
        .refused("mpshortseq", new Argument.None(), ALONE, "Short sequence numbers")
        .keeps()
        .word("nompshortseq", (draft, word) -> {}, "No short sequence numbers")
        .under("mpshortseq")
        .refused("endpoint", new Argument.Special("[CLASS:]VALUE"), ALONE, "Endpoint discriminator")
        .keeps()
        .word("noendpoint", (draft, word) -> {}, "No endpoint discriminator")
        .refused("master_detach", new Argument.None(), ALONE, "Detach as a bundle without a link")
        .refused(
            "callback",
            new Argument.Text(AuthenticationOptions.MAX_NAME),
            "nobody is asked to call back; have the peer call with 'linedisc dial' itself",
            "Ask to be called back")
        .keeps()
        .list();
  }
}
