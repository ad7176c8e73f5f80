/// SLIP and its relatives as engines without I/O. Knows nothing of threads, clocks, ports or
/// loggers.
@SuppressWarnings("module") // linedisc.ppp is compiled later
module linedisc.slip {
  requires static transitive org.jspecify;

  exports linedisc.slip;
  exports linedisc.slip.inet;
  exports linedisc.slip.octets to
      linedisc.ppp;
  exports linedisc.slip.vj;
}
