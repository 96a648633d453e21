// Promise.withResolvers, which aws-local-stepfunctions needs and Node.js has from version 22.
'use strict';

Promise.withResolvers ??= function () {
  const resolvers = {};
  resolvers.promise = new this((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
};
