package linedisc.serial.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollTest {
  @BeforeEach
  void needsLinux() {
    assumeTrue(Platform.supported(), "foreign calls are Linux's");
  }

  @Test
  void anEventWakesAWaitUntilItIsCleared() {
    Libc libc = new Libc(8);
    int event = libc.eventfd();
    Poll poll = new Poll(2);
    poll.watch(1, event, Poll.IN);
    poll.await(0);
    assertEquals(0, poll.found(1));
    assertEquals(0, libc.raise(event));
    poll.await(-1);
    assertEquals(Poll.IN, poll.found(1));
    assertEquals(0, poll.found(0));
    assertEquals(0, libc.clear(event));
    poll.await(0);
    assertEquals(0, poll.found(1));
    assertEquals(-Errno.EAGAIN, libc.clear(event));
    libc.close(event);
  }

  @Test
  void anErrorIsTheNegatedErrorNumber() {
    Libc libc = new Libc(8);
    assertEquals(-Errno.ENOENT, libc.open("/no/such/file", Libc.O_RDWR));
    assertTrue(libc.read(-1, new byte[1], 0, 1) < 0);
  }
}
