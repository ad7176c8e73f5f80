package linedisc.examples.interop;

import java.util.List;

/// Two ends of a line, who calls whom, and what must happen.
///
/// @param source file and line
/// @param text the steps as they are written
record Cell(String source, End left, Caller caller, End right, List<Step> steps, String text) {
  /// Who speaks first; the other end says nothing until it is spoken to.
  enum Caller {
    LEFT("->"),
    RIGHT("<-"),
    BOTH("<->");

    private final String sign;

    Caller(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /// The ends, as they are written.
  String name() {
    return left + " " + caller.sign() + " " + right;
  }
}
