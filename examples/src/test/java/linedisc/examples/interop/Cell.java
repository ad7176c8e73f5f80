package linedisc.examples.interop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two ends of a line, who calls whom, and what must happen.
///
/// @param source file and line
/// @param middle linedisc as a router between two lines, one to each end; null: there is but one
///   line
/// @param text the steps as they are written
record Cell(
    String source,
    End left,
    Caller caller,
    @Nullable End middle,
    End right,
    List<Step> steps,
    String text) {
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
    String between = middle == null ? "" : middle + " " + caller.sign() + " ";
    return left + " " + caller.sign() + " " + between + right;
  }
}
