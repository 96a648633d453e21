'use strict';

const fs = require('fs');
const path = require('path');
const yaml = require('js-yaml');

const PROPERTIES = ['package', 'functions', 'event-streams'];

/** Reads the `serverless.yml` of a catalogue: its jar, its functions, and the ARNs of streams that exist. */
function read({ classes }, folder) {
  const file = path.join(folder, 'serverless.yml');
  if (!fs.existsSync(file)) {
    throw new classes.Error(`${file} was not found: a catalogue names its functions there`);
  }
  const catalogue = yaml.load(fs.readFileSync(file, 'utf8')) ?? {};
  const unknown = Object.keys(catalogue).filter((name) => !PROPERTIES.includes(name));
  if (unknown.length > 0) {
    throw new classes.Error(`${file}: there is no property ${unknown.join(', ')}, only ${PROPERTIES.join(', ')}`);
  }
  if (!catalogue.package?.artifact || !catalogue.functions) {
    throw new classes.Error(`${file} needs package.artifact, the jar of the catalogue, and functions`);
  }
  return catalogue;
}

/** They read the catalogue that is in their jar, so that of another one needs the module `quality`. */
const readsCatalogue = ({ handler }) => handler.startsWith('dev.freshet.quality.');

const isOfCatalogue = ({ handler }) => handler.startsWith('dev.freshet.lambdas.');

module.exports = {
  /**
   * Deploys another catalogue instead of the reference one: the parameter `catalogue` is its folder. The platform's own
   * functions stay; those of the catalogue come with all streams that they read.
   */
  use(serverless) {
    // The framework reads this configuration once more after its plugins are made.
    const { configurationInput: service, processedInput } = serverless;
    const parameter = [processedInput.options.param ?? []].flat().find((each) => each.startsWith('catalogue='));
    if (!parameter) {
      return;
    }
    const folder = path.resolve(parameter.slice('catalogue='.length));
    const { package: { artifact }, functions, 'event-streams': arns = {} } = read(serverless, folder);
    const jar = path.resolve(folder, artifact);
    const ofPlatform = Object.entries(service.functions).filter(([, definition]) => !isOfCatalogue(definition));
    service.functions = Object.fromEntries([...Object.entries(functions), ...ofPlatform]);
    serverless.service.functions = service.functions;
    for (const definition of Object.values(service.functions)) {
      const own = readsCatalogue(definition) ? jar : definition.package?.artifact;
      definition.package = { artifact: path.resolve(serverless.serviceDir, own ?? jar) };
    }
    const streams = Object.values(functions).flatMap(({ reads = [] }) => reads);
    service.custom['event-streams'].arns = Object.fromEntries(streams.map((name) => [name, arns[name] ?? null]));
  },
};
