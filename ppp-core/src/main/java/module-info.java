/// PPP as an engine without I/O.
module linedisc.ppp {
  requires static transitive org.jspecify;
  requires transitive linedisc.slip;

  exports linedisc.ppp.hdlc;
}
