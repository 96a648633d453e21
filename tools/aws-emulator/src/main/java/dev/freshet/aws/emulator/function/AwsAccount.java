package dev.freshet.aws.emulator.function;

import java.util.Objects;

/**
 * The account that the platform pretends to be, for the names that functions are given.
 *
 * @param region such as {@code us-east-1}
 * @param accountId twelve digits
 */
public record AwsAccount(String region, String accountId) {

  public AwsAccount {
    Objects.requireNonNull(region, "region");
    if (!accountId.matches("\\d{12}")) {
      throw new IllegalArgumentException("account id must be 12 digits: " + accountId);
    }
  }

  public String streamArn(String stream) {
    return "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, accountId, stream);
  }

  public String functionArn(String function) {
    return "arn:aws:lambda:%s:%s:function:%s".formatted(region, accountId, function);
  }

  public String ruleArn(String rule) {
    return "arn:aws:events:%s:%s:rule/%s".formatted(region, accountId, rule);
  }

  /** The role that a function runs as. */
  public String roleArn(String function) {
    return "arn:aws:iam::%s:role/%s".formatted(accountId, function);
  }
}
