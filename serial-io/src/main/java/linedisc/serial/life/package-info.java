/// The few small classes that hold all concurrency of the serial side: locks, queues, gates,
/// mailboxes and the threads behind them. Everything else in the module is built on these, and
/// these on nothing else.
///
/// They are all made through one [Sync], handed in at construction. The one of production parks and
/// unparks threads; another may decide by a seed who goes next.
///
/// **Lock order**, outer to inner: table, port, bundle, leaf ([LockRank]). Never two of a kind.
/// Under any lock: no native call, no foreign code, no wait.
///
/// @spec https://man.netbsd.org/spl.9 spl(9): what a port's lock replaces
@NullMarked
package linedisc.serial.life;

import org.jspecify.annotations.NullMarked;
