/// Serial ports, ttys with line disciplines, clonable network interfaces.
@SuppressWarnings("module") // linedisc.examples is compiled later
module linedisc.serial {
  requires static transitive org.jspecify;
  requires transitive linedisc.ppp;
  requires transitive linedisc.slip;
  requires com.fazecast.jSerialComm;
  requires transitive java.management;
  requires jdk.jfr;
  requires org.slf4j;

  exports linedisc.serial.capture;
  exports linedisc.serial.chat;
  exports linedisc.serial.ffi to
      linedisc.examples;
  exports linedisc.serial.forward;
  exports linedisc.serial.forward.tcp;
  exports linedisc.serial.host;
  exports linedisc.serial.life;
  exports linedisc.serial.net;
  exports linedisc.serial.observe;
  exports linedisc.serial.tty;
  exports linedisc.serial.port;
}
