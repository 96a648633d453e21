package dev.freshet.aws.emulator.template;

/** One Kinesis stream of the compiled template. */
public record StreamDefinition(String name, int shards) {}
