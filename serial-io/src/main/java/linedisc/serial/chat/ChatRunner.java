package linedisc.serial.chat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import linedisc.serial.life.EventStream;
import linedisc.serial.net.NetException;
import linedisc.serial.tty.Tty;
import linedisc.serial.tty.TtyEvent;
import org.jspecify.annotations.Nullable;

/// Plays a [ChatScript] on an open port that has the raw discipline.
///
/// It takes from the port the octets that the script waits for and not one more: what comes after
/// the last of them is there for the next script, or for the discipline that is bound next, PPP or
/// SLIP, however closely it follows.
///
/// Each use is for one thread, which waits; interrupting that thread gives up.
public final class ChatRunner {
  /// The longest wait before the carrier is looked at again; a port polls it as often.
  private static final Duration LOOK = Duration.ofMillis(200);

  /// As long as `tcsendbreak` holds it on Linux.
  private static final Duration BREAK = Duration.ofMillis(250);

  private static final long BITS_PER_OCTET = 10;

  private final ChatScript script;
  private final ChatOptions options;
  private final ChatFiles files;
  private final Consumer<? super ChatEvent> listener;

  /// A runner that may be used any number of times.
  ///
  /// @param files for `@file`: usually `name -> Files.readAllBytes(Path.of(name))`
  /// @param listener hears what the session says, except breaks and the end, on the thread of
  ///   [#run]. Secrets that the script marks with `\q` are hidden in it
  public ChatRunner(
      ChatScript script,
      ChatOptions options,
      ChatFiles files,
      Consumer<? super ChatEvent> listener) {
    this.script = script;
    this.options = options;
    this.files = files;
    this.listener = listener;
  }

  /// Plays the script from its beginning to its end. What has come before and nobody has read is
  /// the first thing that it sees.
  ///
  /// @return how it ended; a port that has gone, or that another discipline uses, ends it with
  ///   chat's status 2, and so does the loss of carrier unless the script says `HANGUP OFF`
  /// @throws InterruptedException when the thread is interrupted; the port stays as it is
  public ChatEvent.Finished run(Tty tty) throws InterruptedException {
    try (EventStream<TtyEvent> happenings = tty.events()) {
      return new Play(tty, happenings).toEnd();
    }
  }

  /// One session on one port.
  private final class Play {
    private final Tty tty;
    private final EventStream<TtyEvent> happenings;
    private final ChatSession session = new ChatSession(script, options, files);

    /// Octets that the port has not taken yet.
    private final byte[] sending = new byte[64];

    private int sendingFrom;
    private int sendingTo;

    /// When all that was sent must have left at the line's speed.
    private long sentBy = System.nanoTime();

    private final byte[] octet = new byte[1];

    Play(Tty tty, EventStream<TtyEvent> happenings) {
      this.tty = tty;
      this.happenings = happenings;
    }

    ChatEvent.Finished toEnd() throws InterruptedException {
      session.start(System.nanoTime());
      for (; ; ) {
        ChatEvent.Finished end = tell();
        if (end != null) {
          return end;
        }
        try {
          if (!send() && !receive()) {
            lookAtCarrier();
          }
          // However much comes: chat's alarm goes off among octets, too.
          session.handleTimeout(System.nanoTime());
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        } catch (NetException e) {
          session.lineGone(String.valueOf(e.getMessage()), System.nanoTime());
        }
      }
    }

    /// Passes on what the session has to say.
    private ChatEvent.@Nullable Finished tell() throws InterruptedException {
      for (ChatEvent event = session.pollEvent(); event != null; event = session.pollEvent()) {
        switch (event) {
          case ChatEvent.Finished finished -> {
            return finished;
          }
          case ChatEvent.Break _ -> sendBreak();
          case ChatEvent.Log _, ChatEvent.Echo _, ChatEvent.Say _, ChatEvent.Report _ ->
              listener.accept(event);
        }
      }
      return null;
    }

    private void sendBreak() throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(sentBy - System.nanoTime());
      if (!tty.transport().sendBreak(BREAK)) {
        listener.accept(new ChatEvent.Log("this line can't send a break"));
      }
    }

    /// Writes what the session sends now.
    ///
    /// @return whether there was something
    private boolean send() throws NetException, InterruptedException {
      if (sendingFrom == sendingTo) {
        sendingFrom = 0;
        sendingTo = session.pollTransmit(sending, 0, sending.length, System.nanoTime());
        if (sendingTo == 0) {
          return false;
        }
      }
      int taken =
          tty.write(sending, sendingFrom, sendingTo - sendingFrom, patience(System.nanoTime()));
      // Passwords pass here.
      Arrays.fill(sending, sendingFrom, sendingFrom + taken, (byte) 0);
      sendingFrom += taken;
      int speed = tty.transport().speed();
      if (speed > 0) {
        long duration = taken * BITS_PER_OCTET * TimeUnit.SECONDS.toNanos(1) / speed;
        sentBy = Math.max(sentBy, System.nanoTime()) + duration;
      }
      return taken > 0;
    }

    /// Waits for an octet if the session wants one, otherwise for its next deadline.
    ///
    /// @return whether an octet came
    private boolean receive() throws NetException, InterruptedException {
      Duration wait = patience(System.nanoTime());
      if (!session.wantsInput() || sendingFrom < sendingTo) {
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        return false;
      }
      if (tty.read(octet, 0, 1, wait) == 0) {
        return false;
      }
      session.receive(octet, 0, 1, System.nanoTime());
      return true;
    }

    private Duration patience(long now) {
      long deadline = session.pollTimeout();
      if (deadline == Long.MAX_VALUE || deadline - now >= LOOK.toNanos()) {
        return LOOK;
      }
      return Duration.ofNanos(Math.max(0, deadline - now));
    }

    /// What has been received comes first: a modem says NO CARRIER before it drops the line.
    private void lookAtCarrier() {
      for (TtyEvent event = happenings.poll(); event != null; event = happenings.poll()) {
        if (event instanceof TtyEvent.Carrier(boolean present) && !present) {
          session.carrierLost(System.nanoTime());
        }
      }
    }
  }
}
