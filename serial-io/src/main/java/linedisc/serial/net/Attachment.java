package linedisc.serial.net;

/// What an interface sees of the port or device that carries its packets.
public interface Attachment {
  /// Its name for people.
  String name();

  /// The interface has packets to send. Any thread, no lock held; must not wait.
  void workReady();

  /// The interface is being destroyed: under the port's lock, and only *if the port's binding is
  /// still this interface's*, ends the binding with [InterfaceBinding#unlink]. When this returns,
  /// the port never touches the interface again. Called by the Reaper, no lock held; bounded by the
  /// port's lock.
  void unlink(NetInterface netInterface);
}
