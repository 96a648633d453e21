package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One Step Functions state machine of the compiled template.
 *
 * @param name the state machine's name on AWS
 * @param arn its ARN, in the account that functions are told of
 * @param definitionJson its definition in the Amazon States Language, references resolved
 */
public record StateMachineDefinition(
    String name, String arn, @JsonRawValue @JsonProperty("definition") String definitionJson) {}
