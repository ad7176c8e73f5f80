package linedisc.serial.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class EpollTest {
  /// More than 32 bits, so that a wrong offset shows.
  private static final long DATA = 0x0123456789abcdefL;

  @Test
  void eventsCarryWhatTheirDescriptorWasGiven() {
    assumeTrue(Platform.supported());
    Libc libc = new Libc(Long.BYTES);
    Epoll epoll = Epoll.open(libc, 4);
    int one = libc.eventfd();
    int two = libc.eventfd();
    assertEquals(0, epoll.add(one, Epoll.IN, DATA));
    assertEquals(0, epoll.add(two, Epoll.IN, ~DATA));
    assertEquals(0, epoll.await(0));
    libc.raise(one);
    libc.raise(two);
    assertEquals(2, epoll.await(-1));
    assertEquals(-1, epoll.data(0) ^ epoll.data(1));
    assertTrue(epoll.data(0) == DATA || epoll.data(1) == DATA);
    assertEquals(Epoll.IN, epoll.events(0));
    libc.clear(two);
    assertEquals(1, epoll.await(-1));
    assertEquals(DATA, epoll.data(0));
    assertEquals(0, epoll.modify(one, Epoll.IN | Epoll.OUT, DATA));
    assertEquals(1, epoll.await(-1));
    assertEquals(Epoll.IN | Epoll.OUT, epoll.events(0));
    assertEquals(0, epoll.modify(one, Epoll.IN | Epoll.EDGE, DATA));
    assertEquals(1, epoll.await(-1));
    assertEquals(0, epoll.await(0));
    libc.raise(one);
    assertEquals(1, epoll.await(-1));
    assertEquals(0, epoll.remove(one));
    assertEquals(-Errno.ENOENT, epoll.remove(one));
    assertEquals(0, epoll.await(0));
    epoll.close();
    libc.close(one);
    libc.close(two);
  }
}
