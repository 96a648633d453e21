package dev.freshet.aws.emulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.AwsAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicResolverTest {

  private static final String RESOURCES =
      """
      {
        "Created": {"Type": "AWS::Kinesis::Stream", "Properties": {"Name": "item-created"}},
        "Prefixed": {"Type": "AWS::Kinesis::Stream",
          "Properties": {"Name": {"Fn::Join": ["-", [{"Ref": "AWS::StackName"}, "x"]]}}},
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "f"}},
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}},
        "Consumer": {"Type": "AWS::Kinesis::StreamConsumer", "Properties": {
          "StreamARN": {"Fn::GetAtt": ["Created", "Arn"]}, "ConsumerName": "c"}},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "t"}},
        "Nameless": {"Type": "AWS::Kinesis::Stream", "Properties": {"ShardCount": 7}},
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "b"}}
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"text\" | text",
        "500 | 500",
        "true | true",
        "{'Ref': 'Created'} | item-created",
        "{'Ref': 'Prefixed'} | stack-x",
        "{'Ref': 'Table'} | t",
        "{'Ref': 'AWS::Region'} | region-1",
        "{'Ref': 'AWS::AccountId'} | 000000000042",
        "{'Ref': 'AWS::Partition'} | aws",
        "{'Ref': 'Consumer'} | arn:aws:kinesis:region-1:000000000042:stream/item-created/consumer/c",
        "{'Fn::GetAtt': ['Created', 'Arn']} | arn:aws:kinesis:region-1:000000000042:stream/item-created",
        "{'Fn::GetAtt': ['Function', 'Arn']} | arn:aws:lambda:region-1:000000000042:function:f",
        "{'Fn::GetAtt': ['Queue', 'Arn']} | arn:aws:sqs:region-1:000000000042:q",
        "{'Fn::Join': ['/', ['a', {'Ref': 'Function'}, 3]]} | a/f/3",
        "{'Fn::Join': ['', []]} | ``",
        "{'Fn::Sub': 'x-${AWS::Region}-${Created}-${Queue.Arn}'} | x-region-1-item-created-arn:aws:sqs:region-1:000000000042:q",
        "{'Fn::Sub': ['${a}/${b}', {'a': {'Ref': 'Queue'}, 'b': '$1'}]} | q/$1",
        "{'Fn::Sub': 'kept: ${!Literal}'} | kept: ${Literal}",
      })
  void resolves(String value, String text) {
    assertThat(resolve(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Fn::ImportValue': 'shared'}",
        "{'Ref': 'Missing'}",
        "{'Ref': 'Bucket'}",
        "{'Fn::GetAtt': ['Created', 'StreamStatus']}",
        "{'Fn::Sub': '${Missing}'}",
        "{'Ref': 'Created', 'Fn::Sub': 'x'}",
        "['Ref']",
        "null",
        "{}",
      })
  void quotesWhatItCannotResolve(String value) {
    assertThatThrownBy(() -> resolve(value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot resolve " + json(value) + ": known are Ref, ");
  }

  @Test
  void quotesAnUnknownFunctionInsideAKnownOne() {
    assertThatThrownBy(() -> resolve("{'Fn::Join': ['', ['a', {'Fn::Select': [0, ['b']]}]]}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot resolve {\"Fn::Select\":[0,[\"b\"]]}: ");
  }

  @Test
  void saysWhichResourceHasNoName() {
    assertThatThrownBy(() -> resolve("{'Ref': 'Nameless'}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Name is missing in {\"ShardCount\":7}: set it in serverless.yml");
  }

  private static String resolve(String value) {
    AwsAccount account = new AwsAccount("region-1", "000000000042");
    return new IntrinsicResolver(json(RESOURCES), account, "stack").resolve(json(value));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
