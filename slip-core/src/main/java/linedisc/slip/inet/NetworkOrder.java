package linedisc.slip.inet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Big-endian fields in a `byte[]`.
final class NetworkOrder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private NetworkOrder() {}

  static int get8(byte[] b, int at) {
    return b[at] & 0xff;
  }

  static int get16(byte[] b, int at) {
    return (short) SHORT.get(b, at) & 0xffff;
  }

  static int get32(byte[] b, int at) {
    return (int) INT.get(b, at);
  }

  static long get64(byte[] b, int at) {
    return (long) LONG.get(b, at);
  }

  static void put8(byte[] b, int at, int value) {
    b[at] = (byte) value;
  }

  static void put16(byte[] b, int at, int value) {
    SHORT.set(b, at, (short) value);
  }

  static void put32(byte[] b, int at, int value) {
    INT.set(b, at, value);
  }

  static void put64(byte[] b, int at, long value) {
    LONG.set(b, at, value);
  }
}
