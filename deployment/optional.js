'use strict';

/** Leaves out the functions whose parameter, of the same name, is not `on`. */
module.exports = {
  CHOICES: ['on', 'off'],

  leaveOut({ custom, functions }) {
    for (const [name, choice] of Object.entries(custom['optional-functions'])) {
      if (choice !== 'on') {
        delete functions[name];
      }
    }
  },
};
