/// Network interfaces that come and go while the system runs, in the manner of BSD's clonable
/// interfaces, and that are never touched again once they have been destroyed.
///
/// [InterfaceTable] names, makes and destroys them; a [NetInterface] is what applications send and
/// receive on; an [InterfaceBinding] is what a port holds of the interface that it feeds.
///
/// @spec https://man.freebsd.org/cgi/man.cgi?query=if_clone&sektion=9 if_clone(9): names and units
/// @spec https://man.netbsd.org/ppp.4 ppp(4): the network protocol modes
@NullMarked
package linedisc.serial.net;

import org.jspecify.annotations.NullMarked;
