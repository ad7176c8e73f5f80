package linedisc.serial.tty;

/// How many schedules a test plays in each build; the slow profile plays many more.
final class Seeds {
  private Seeds() {}

  /// Plays a scenario under a hundred seeds.
  static void each(World.Scenario scenario) {
    for (long seed = 0; seed < 100; seed++) {
      World.run(seed, scenario);
    }
  }
}
