package linedisc.examples.launch;

/**
 * The jar's main class: hands over to {@code Main}, or says in one sentence that this Java is too
 * old.
 */
public final class Launch {
  private static final int NEEDED = 25;

  private Launch() {}

  /**
   * Runs the program.
   *
   * @param args the command line
   * @throws Throwable what the program itself throws
   */
  public static void main(String[] args) throws Throwable {
    String version = System.getProperty("java.specification.version", "?");
    int feature;
    try {
      feature = (int) Double.parseDouble(version);
    } catch (NumberFormatException e) {
      feature = 0;
    }
    if (feature < NEEDED) {
      System.err.println(
          "linedisc: needs Java "
              + NEEDED
              + " or newer, and this is Java "
              + version
              + " ("
              + System.getProperty("java.home")
              + "); install a JDK "
              + NEEDED
              + " or start it with examples/bin/linedisc, which looks for one.");
      System.exit(1);
    }
    linedisc.examples.Main.main(args);
  }
}
