'use strict';

const isOptional = ({ custom }, name) => Object.keys(custom.optional ?? {}).includes(name);

/** Leaves out functions that are deployed only if a parameter of their name is `on`. */
module.exports = {
  assign(service) {
    for (const name of Object.keys(service.functions)) {
      if (isOptional(service, name) && service.custom.optional[name] !== 'on') {
        delete service.functions[name];
      }
    }
  },
};
