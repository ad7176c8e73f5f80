package linedisc.slip;

/// What a [SlipLink] has to say to its owner.
public sealed interface SlipEvent {

  /// The peer compresses headers, so from now on we do too; at most once between
  /// [SlipLink#lowerUp(long)] and [SlipLink#lowerDown(long)].
  record CompressionOn() implements SlipEvent {}

  /// The peer has been silent for a whole keepalive period: hang up. Said once; keepalive rests
  /// until the next [SlipLink#lowerUp(long)].
  record KeepaliveLost() implements SlipEvent {}
}
