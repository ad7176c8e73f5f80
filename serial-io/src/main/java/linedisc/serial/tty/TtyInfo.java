package linedisc.serial.tty;

import org.jspecify.annotations.Nullable;

/// One line of the list of ports.
///
/// @param name the port's name
/// @param state where it is
/// @param discipline the name of its discipline
/// @param netInterface the name of the interface bound to it; null: none
/// @param discarded received octets that belonged to a binding which had ended
/// @param nowhere received packets whose interface had gone
public record TtyInfo(
    String name,
    PortState state,
    String discipline,
    @Nullable String netInterface,
    long discarded,
    long nowhere) {}
