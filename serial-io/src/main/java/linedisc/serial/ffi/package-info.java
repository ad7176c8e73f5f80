/// Every foreign call of linedisc, and nothing but foreign calls.
///
/// What is called is Linux: glibc or musl on x86-64, aarch64 and riscv64, whose `ioctl` numbers and
/// structures are the same. Elsewhere [Platform#supported()] says no, and nothing here may be used.
///
/// A call returns what the C function returns, or the negated error number where that returns -1:
/// no call throws for what the system answers. No descriptor is guarded here: who owns one keeps a
/// close away from a read or write that is still under way.
///
/// @spec https://pubs.opengroup.org/onlinepubs/9799919799/ POSIX.1-2024
@NullMarked
package linedisc.serial.ffi;

import org.jspecify.annotations.NullMarked;
