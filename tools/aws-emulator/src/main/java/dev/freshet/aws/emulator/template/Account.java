package dev.freshet.aws.emulator.template;

import java.util.Map;
import java.util.Optional;

/** Where a template is deployed to; on one machine, an account that does not exist. */
record Account(String partition, String region, String accountId, String stackName) {

  /** The value of a pseudo parameter such as {@code AWS::Region}. */
  Optional<String> pseudoParameter(String name) {
    return Optional.ofNullable(
        Map.of(
                "AWS::Partition", partition,
                "AWS::Region", region,
                "AWS::AccountId", accountId,
                "AWS::StackName", stackName)
            .get(name));
  }
}
