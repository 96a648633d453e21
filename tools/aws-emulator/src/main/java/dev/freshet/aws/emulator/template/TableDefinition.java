package dev.freshet.aws.emulator.template;

/**
 * One DynamoDB table of the compiled template.
 *
 * @param name the table's name
 * @param key the attribute that is its key, a text
 */
public record TableDefinition(String name, String key) {}
