package linedisc.examples.interop;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that was started for the cells. It ends when this is closed, or with this JVM.
final class Child implements AutoCloseable {
  private final Process process;
  private final Thread atExit;

  private Child(Process process) {
    this.process = process;
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// Starts a program; where its input and output go was said to `builder`.
  ///
  /// @throws UnavailableException if there is no such program
  static Child start(ProcessBuilder builder) throws IOException, UnavailableException {
    String program = builder.command().getFirst();
    if (!isInstalled(program)) {
      throw new UnavailableException(program + " is not installed");
    }
    return new Child(builder.start());
  }

  /// Whether a program is there: a path, or a name to be found on the PATH.
  static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return program.contains("/")
        ? new File(program).canExecute()
        : List.of(path.split(File.pathSeparator, -1)).stream()
            .anyMatch(folder -> new File(folder, program).canExecute());
  }

  Process process() {
    return process;
  }

  /// Asks the program to end, and ends it if it takes longer than three seconds.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is going down already; the hook has nothing left to do.
    }
  }
}
