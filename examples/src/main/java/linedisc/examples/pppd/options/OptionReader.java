package linedisc.examples.pppd.options;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import linedisc.examples.pppd.options.DaemonOptions.Task;
import linedisc.examples.pppd.words.FileText;
import linedisc.examples.pppd.words.Source;
import linedisc.examples.pppd.words.Word;
import linedisc.examples.pppd.words.WordReader;

/// Reads options from where pppd does, in its order and with its priorities.
public final class OptionReader {
  /// Files that name files that name files.
  private static final int MAX_DEPTH = 16;

  private final Machine machine;
  private final Subset subset;
  private int depth;

  private OptionReader(Machine machine, Subset subset) {
    this.machine = machine;
    this.subset = subset;
  }

  /// All options: the system's file, the user's file, the command line, the device's file; then
  /// checks that they go together.
  ///
  /// If the command line asks for help or the version, what follows that is not read.
  ///
  /// @throws OptionException for the first option that can't be taken
  public static PppdOptions read(Machine machine, List<String> commandLine) throws OptionException {
    var reader = new OptionReader(machine, Subset.ALL);
    var draft = reader.draft();
    Privilege privilege = machine.privilege();
    Path configuration = machine.configuration();

    draft.enter(OptionSource.FILE, true);
    reader.systemFile(draft, configuration.resolve("options"), privilege.gained());
    Path home = machine.home();
    if (home != null) {
      draft.enter(OptionSource.FILE, privilege.ofUser());
      reader.systemFile(draft, home.resolve(".ppprc"), false);
    }
    draft.enter(OptionSource.COMMAND_LINE, privilege.ofUser());
    reader.take(draft, commandLine.stream().map(Word::ofCommandLine).toList());
    if (draft.get(DaemonOptions.TASK) == Task.RUN) {
      reader.deviceFile(draft);
      OptionChecks.check(draft);
    }
    return draft.finish();
  }

  /// The options of a link alone, which say how it is negotiated: no files, no devices, nothing of
  /// the machine.
  ///
  /// @param words as in an option file
  /// @param name what to call them in messages
  /// @throws OptionException for the first option that can't be taken
  public static PppdOptions readLink(Machine machine, String words, String name)
      throws OptionException {
    return readWords(machine, Subset.LINK, List.of(words), new Source(name, 1));
  }

  /// Options of one subset, from a text alone.
  ///
  /// @param texts each as an option file, whose quotes end with it
  /// @param start what to call them in messages, and the line in which they begin
  /// @throws OptionException for the first option that can't be taken
  public static PppdOptions readWords(
      Machine machine, Subset subset, List<String> texts, Source start) throws OptionException {
    var reader = new OptionReader(machine, subset);
    var draft = reader.draft();
    draft.enter(OptionSource.COMMAND_LINE, true);
    for (String text : texts) {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      reader.take(draft, WordReader.words(octets, start, draft.messages()::add));
    }
    return draft.finish();
  }

  /// The options in effect once the peer has proved who it is, any of them.
  ///
  /// @param options those before
  /// @param words after `--` in the peer's line of the secrets file
  /// @throws OptionException for the first that can't be taken; `options` still hold then
  public static PppdOptions readSecrets(Machine machine, PppdOptions options, List<Word> words)
      throws OptionException {
    return readSecrets(machine, options, Subset.ALL, words);
  }

  /// The options in effect once the peer has proved who it is.
  ///
  /// @param options those before
  /// @param subset which of them can still have an effect
  /// @param words after `--` in the peer's line of the secrets file
  /// @throws OptionException for the first that can't be taken; `options` still hold then
  public static PppdOptions readSecrets(
      Machine machine, PppdOptions options, Subset subset, List<Word> words)
      throws OptionException {
    var reader = new OptionReader(machine, subset);
    var draft = new OptionDraft(machine, reader.files(), options);
    draft.enter(OptionSource.SECRETS, true);
    reader.take(draft, words);
    return draft.finish();
  }

  private OptionDraft draft() {
    return new OptionDraft(machine, files());
  }

  private OptionDraft.Files files() {
    return new OptionDraft.Files() {
      @Override
      public void file(OptionDraft draft, Word name) throws OptionException {
        Path path = path(draft, Path.of(""), name.text());
        takeFile(draft, path, false);
      }

      @Override
      public void call(OptionDraft draft, Word name) throws OptionException {
        String text = name.text();
        if (text.isEmpty() || text.startsWith("/") || List.of(text.split("/", -1)).contains("..")) {
          throw draft.mistake(
              "'call "
                  + text
                  + "' must name a file in "
                  + machine.configuration().resolve("peers")
                  + ", with neither / in front nor ..");
        }
        Path path = path(draft, machine.configuration().resolve("peers"), text);
        draft.set(DaemonOptions.CALL_FILE, text);
        boolean privileged = draft.isPrivileged();
        draft.enter(draft.from(), true);
        takeFile(draft, path, true);
        draft.enter(draft.from(), privileged);
      }
    };
  }

  private static Path path(OptionDraft draft, Path folder, String name) throws OptionException {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw draft.mistake("'" + name + "' is no path");
    }
  }

  /// A file that is read without being named.
  private void systemFile(OptionDraft draft, Path file, boolean mustExist) throws OptionException {
    if (mustExist || Files.exists(file)) {
      takeFile(draft, file, false);
    }
  }

  private void takeFile(OptionDraft draft, Path file, boolean trusted) throws OptionException {
    if (depth == MAX_DEPTH) {
      throw draft.mistake(
          "option files are nested more than " + MAX_DEPTH + " deep; does one name itself?");
    }
    byte[] octets;
    try {
      octets =
          trusted ? FileText.readTrusted(file, machine.privilege().user()) : FileText.read(file);
    } catch (IOException e) {
      throw draft.mistake(String.valueOf(e.getMessage()));
    }
    depth++;
    try {
      take(draft, WordReader.words(octets, file.toString(), draft.messages()::add));
    } finally {
      depth--;
      // Passwords may be among the words.
      Arrays.fill(octets, (byte) 0);
    }
  }

  /// The file for the device, whose options may not name another.
  private void deviceFile(OptionDraft draft) throws OptionException {
    draft.fixLine();
    if (TtyOptions.isLineWithoutDevice(draft)) {
      return;
    }
    String device = draft.get(TtyOptions.DEVICE);
    if (device.isEmpty()) {
      Path terminal = machine.terminal();
      if (terminal == null) {
        throw new OptionException("no device specified, and standard input is not a terminal");
      }
      device = terminal.toString();
      draft.set(TtyOptions.DEVICE, device);
    }
    String name = device.startsWith("/dev/") ? device.substring("/dev/".length()) : device;
    if (!name.equals("tty")) {
      draft.enter(OptionSource.FILE, true);
      systemFile(
          draft, machine.configuration().resolve("options." + name.replace('/', '.')), false);
    }
  }

  /// Takes words until they end, or one of them ends the program.
  private void take(OptionDraft draft, List<Word> words) throws OptionException {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      PppdOption option = OptionTable.find(word.text(), machine);
      if (option == null) {
        throw new OptionException(word.source() + ": " + unknown(word.text()));
      }
      if (!subset.has(option)) {
        throw new OptionException(
            word.source() + ": option " + word.text() + " is not " + subset.what());
      }
      boolean wordFollows =
          option.argument().follows() && !(option.treatment() instanceof Treatment.Refused);
      if (wordFollows && i + 1 == words.size()) {
        throw new OptionException(
            word.source()
                + ": option "
                + word.text()
                + " needs a value: "
                + option.argument().syntax());
      }
      Word argument = wordFollows ? words.get(++i) : word;
      draft.take(option, word, argument);
      if (wordFollows) {
        argument.wipe();
      }
      Task task = draft.get(DaemonOptions.TASK);
      if (task == Task.HELP || task == Task.VERSION) {
        return;
      }
    }
  }

  private static String unknown(String word) {
    String near = Spelling.nearest(word, OptionTable.names());
    return "unrecognized option '"
        + word
        + "'"
        + (near == null ? "; 'show-options' lists them all" : "; did you mean '" + near + "'?");
  }
}
