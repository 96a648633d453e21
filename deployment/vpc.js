'use strict';

/**
 * Chooses the subnets of the functions: the given ones; else those of the Redis stack, if the stores
 * come from it; else no VPC.
 */
module.exports = async ({ resolveVariable }) => {
  const param = (name) => resolveVariable(`param:${name}, null`);
  const [subnets, securityGroups, stateStore, featureStore, redisStack] = await Promise.all(
    ['subnets', 'security-groups', 'state-store-url', 'feature-store-url', 'redis-stack'].map(param)
  );
  if (!subnets !== !securityGroups) {
    throw new Error('give both parameters, subnets and security-groups, or neither');
  }
  if (subnets) {
    return { subnetIds: subnets.split(','), securityGroupIds: securityGroups.split(',') };
  }
  if (stateStore && featureStore) {
    return null;
  }
  const output = (name) => ({ 'Fn::ImportValue': `${redisStack}-${name}` });
  return {
    subnetIds: { 'Fn::Split': [',', output('subnets')] },
    securityGroupIds: [output('security-group')],
  };
};
