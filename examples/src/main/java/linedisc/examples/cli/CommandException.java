package linedisc.examples.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// Ends a program with one sentence for its user and an exit status; no stack trace is shown for it
/// unless `--debug` was given.
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Something went wrong while running.
  public static final int RUN_TIME = 1;

  /// The command line was not understood.
  public static final int USAGE = 2;

  private final int exitStatus;

  private CommandException(int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  private CommandException(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /// The command line was not understood: status 2.
  ///
  /// @param message one sentence: what is wrong and how to mend it
  public static CommandException usage(String message) {
    return new CommandException(USAGE, message);
  }

  /// The program could not do its work: status 1.
  ///
  /// @param message one sentence: what is wrong and how to mend it
  public static CommandException failed(String message) {
    return new CommandException(RUN_TIME, message);
  }

  /// The program could not do its work: status 1.
  ///
  /// @param message one sentence: what is wrong and how to mend it
  /// @param cause for `--debug`
  public static CommandException failed(String message, Throwable cause) {
    return new CommandException(RUN_TIME, message, cause);
  }

  /// Why a file can't be made, without the name of the draft that it is made by.
  ///
  /// @param e what the file system said
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such folder";
      case AccessDeniedException _ -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// What the process ends with.
  public int exitStatus() {
    return exitStatus;
  }

  /// The sentence for the user.
  public String sentence() {
    String message = getMessage();
    return message == null ? "failed" : message;
  }
}
