/// The programs behind the launcher.
module linedisc.examples {
  requires static org.jspecify;
  requires java.management;
  requires jdk.management;
  requires jdk.unsupported;
  requires linedisc.serial;
  requires org.jline.reader;
  requires org.jline.terminal;
  requires org.slf4j;
}
