/// `linedisc modem`: emulated Hayes and cellular modems on pseudo-terminals, and the exchange that
/// connects them.
///
/// [linedisc.examples.modem.ModemEngine] is one modem without any I/O;
/// [linedisc.examples.modem.Exchange] runs several, each on a pty of its own, and puts calls
/// through.
///
/// @spec https://www.itu.int/rec/T-REC-V.250 ITU-T V.250: Serial asynchronous automatic dialling
///   and control
/// @spec https://www.3gpp.org/dynareport/27007.htm 3GPP TS 27.007: AT command set for User
///   Equipment
@NullMarked
package linedisc.examples.modem;

import org.jspecify.annotations.NullMarked;
