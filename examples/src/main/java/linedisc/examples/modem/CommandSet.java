package linedisc.examples.modem;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The commands that concern the modem itself: its settings, who made it, what it can.
final class CommandSet {
  private static final String MAKER = "linedisc";
  private static final String MODEL = "emulated modem";
  private static final String REVISION = "1.0";

  /// Extended commands that only remember a value: the name, the value after `&F`, what may be set.
  private static final Map<String, String[]> PARAMETERS =
      Map.ofEntries(
          parameter("+FCLASS", "0", "0"),
          parameter("+CMEE", "0", "(0-2)"),
          parameter("+CSCS", "\"IRA\"", "(\"IRA\",\"GSM\",\"UCS2\")"),
          parameter("+MS", "V34,1,0,33600", "(V34,V90,V92),(0,1),(0-33600),(0-56000)"),
          parameter("+IPR", "0", "(),(0,9600,19200,38400,57600,115200,230400,460800,921600)"),
          parameter("+IFC", "2,2", "(0-3),(0-2)"),
          parameter("+ICF", "3,3", "(3),(3)"),
          parameter("+ILRR", "0", "(0,1)"),
          parameter("+DS", "3,0,2048,32", "(0-3),(0,1),(512-2048),(6-32)"),
          parameter("+DR", "0", "(0,1)"),
          parameter("+ES", "3,0,2", "(0-3),(0-4),(0-9)"),
          parameter("+ER", "0", "(0,1)"),
          parameter("+EB", "0,0,30", "(0,1),(0),(0-254)"),
          parameter("+MR", "0", "(0-2)"),
          parameter("+CRC", "0", "(0,1)"),
          parameter("+CR", "0", "(0,1)"),
          parameter("+CLIP", "0", "(0,1)"),
          parameter("+CBST", "0,0,1", "(0-134),(0),(0-3)"),
          parameter("+WS46", "25", "(12,22,25,28,31)"),
          parameter("+VCID", "0", "(0,1)"));

  private final Cellular cellular;
  private final Map<String, String> parameters = new TreeMap<>();
  private Profile profile = Profile.factory();
  private Profile stored = Profile.factory();
  private int selected;

  /// As after switching on.
  CommandSet(Cellular cellular) {
    this.cellular = cellular;
  }

  private static Map.Entry<String, String[]> parameter(String name, String first, String range) {
    return Map.entry(name, new String[] {first, range});
  }

  int letter(String name) {
    return profile.letter(name);
  }

  int register(int register) {
    return profile.register(register);
  }

  void setRings(int rings) {
    boolean _ = profile.setRegister(Profile.RINGS, rings);
  }

  boolean echoes() {
    return letter("E") == 1;
  }

  boolean isVerbose() {
    return letter("V") == 1;
  }

  /// The profile that was stored.
  void reset() {
    profile = stored.copy();
    parameters.clear();
  }

  /// Whether a number can be called now: packet data needs a network.
  boolean mayCall(String number, long now) {
    return !number.startsWith("*") || cellular.isReady(now);
  }

  /// How a failure is told; null: as ERROR.
  @Nullable String errorText(Reply.Failed failed) {
    String wanted = parameters.getOrDefault("+CMEE", "0");
    if (failed.number() < 0 || wanted.equals("0")) {
      return null;
    }
    return "+CME ERROR: " + (wanted.equals("2") ? failed.words() : failed.number());
  }

  /// Carries out a command.
  Reply execute(AtCommand command, long now) {
    return switch (command) {
      case AtCommand.Basic(String name, int value) -> basic(name, value);
      case AtCommand.Select(int register) -> {
        if (!profile.hasRegister(register)) {
          yield Reply.ERROR;
        }
        selected = register;
        yield Reply.OK;
      }
      case AtCommand.Read() ->
          new Reply.Done(String.format(Locale.ROOT, "%03d", profile.register(selected)));
      case AtCommand.Write(int value) ->
          profile.setRegister(selected, value) ? Reply.OK : Reply.ERROR;
      case AtCommand.Extended extended -> extended(extended, now);
      case AtCommand.Dial _, AtCommand.Invalid _ -> Reply.ERROR;
    };
  }

  private Reply basic(String name, int value) {
    return switch (name) {
      case "&F" -> {
        profile = Profile.factory();
        parameters.clear();
        yield value <= 1 ? Reply.OK : Reply.ERROR;
      }
      case "&W" -> {
        stored = profile.copy();
        yield value <= 1 ? Reply.OK : Reply.ERROR;
      }
      case "&V" -> new Reply.Done("ACTIVE PROFILE:\n" + profile + "\nSTORED PROFILE:\n" + stored);
      case "I" -> identification(value);
      default -> profile.setLetter(name, value) ? Reply.OK : Reply.ERROR;
    };
  }

  private static Reply identification(int what) {
    return switch (what) {
      case 0 -> new Reply.Done("33600");
      case 1, 2 -> Reply.OK;
      case 3 -> new Reply.Done(MAKER + " " + MODEL + " " + REVISION);
      case 4, 5, 6, 7, 8, 9 -> new Reply.Done(MODEL);
      default -> Reply.ERROR;
    };
  }

  private Reply extended(AtCommand.Extended command, long now) {
    String[] parameter = PARAMETERS.get(command.name());
    if (parameter != null) {
      return parameter(command, parameter[0], parameter[1]);
    }
    return switch (command.name()) {
      case "+GMI", "+CGMI" -> text(command, MAKER);
      case "+GMM", "+CGMM" -> text(command, MODEL);
      case "+GMR", "+CGMR" -> text(command, REVISION);
      case "+GSN" -> text(command, "1");
      case "+GCAP" -> text(command, "+GCAP: +CGSM,+FCLASS,+DS,+MS,+ES");
      case "+GCI" -> text(command, "+GCI: B5");
      default -> {
        Reply reply = cellular.execute(command, now);
        yield reply == null ? Reply.ERROR : reply;
      }
    };
  }

  private static Reply text(AtCommand.Extended command, String text) {
    return command.operation() == AtCommand.Operation.TEST ? Reply.OK : new Reply.Done(text);
  }

  private Reply parameter(AtCommand.Extended command, String first, String range) {
    String name = command.name();
    String prefix = name.equals("+FCLASS") ? "" : name + ": ";
    return switch (command.operation()) {
      case TEST -> new Reply.Done(prefix + range);
      case READ -> new Reply.Done(prefix + parameters.getOrDefault(name, first));
      case ACT -> Reply.OK;
      case SET -> {
        // A data modem is neither a fax nor an answering machine.
        if (name.equals("+FCLASS") && !command.value().strip().equals("0")) {
          yield Reply.ERROR;
        }
        parameters.put(name, command.value().strip());
        yield Reply.OK;
      }
    };
  }
}
